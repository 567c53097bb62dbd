"""Who is that? Mentions become knowledge-base actors, classes, "ambiguous" or "unknown", with reasons."""

from reportedly.actors.base import ActorBase, ClassNoun, State, load_actors
from reportedly.actors.coding import code_phrase
from reportedly.actors.linker import ActorLinker
from reportedly.actors.names import NameHit

__all__ = ["ActorBase", "ActorLinker", "ClassNoun", "NameHit", "State", "code_phrase", "load_actors"]
