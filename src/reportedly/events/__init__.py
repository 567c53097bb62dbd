"""Which claims are about one happening? Claims become events, with the reasons kept."""

from reportedly.events.copies import find_copies
from reportedly.events.group import group_events

__all__ = ["find_copies", "group_events"]
