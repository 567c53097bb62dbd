"""Puts the page together: one HTML document with its styles, scripts, libraries and data inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportedly.model import Event, Modality, PassageKind, Reading
from reportedly.page.assets import built, embed_json, own_scripts, own_styles, policy_hash, templates
from reportedly.page.atlas import make_atlas
from reportedly.page.edition import Edition, Entry, VoiceGroup, group_by_voice, make_edition
from reportedly.page.event_view import EventView, view_events
from reportedly.page.grammar import FORM_OF_MODALITY
from reportedly.page.marks import visible
from reportedly.page.phrasing import plural
from reportedly.page.report_view import view_reports
from reportedly.page.timeline import ROW, WIDTH, days_of, event_interval, make_timeline

_REPORTS_OPEN = 12  # a page with more reports shows them closed
_VOICES_OPEN = 12  # a voice with more claims is shown closed
_EVENTS_OPEN = 40
_UNDATED_OPEN = 12


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in one line, for the list of voices."""

    number: int
    classes: str
    modality: str
    negated: bool
    who: str
    act: str
    whom: str
    where: str
    through: str
    report_number: int


def render_page(
    readings: Sequence[Reading], events: Sequence[Event], *, title: str, generated: str, version: str
) -> str:
    """Return one HTML document that opens from disk and asks for nothing.

    readings, events: what to show, in any order; the same content gives the same page.
    title: the page's heading; generated: when it was made, in words; version: of Reportedly.
    Raise EnvironmentProblem when the built browser libraries are missing.
    """
    edition = make_edition(readings, events)
    event_views = view_events(edition)
    groups = group_by_voice(edition.entries)
    atlas = make_atlas(edition)
    script = _joined(built("vendor.js"), own_scripts())
    style = _joined(built("vendor.css"), own_styles())
    return (
        templates()
        .get_template("page.html.j2")
        .render(
            title=visible(title),
            generated=generated,
            version=version,
            analyzers=sorted({reading.analyzer for reading in edition.readings}),
            counts=_counts(edition),
            statuses=_statuses(event_views),
            reports=view_reports(edition),
            reports_open=len(edition.readings) <= _REPORTS_OPEN,
            events=event_views,
            events_open=_EVENTS_OPEN,
            article_voices=_voice_rows([group for group in groups if group.kind != "comments"]),
            comment_voices=_voice_rows([group for group in groups if group.kind == "comments"]),
            voices_open=_VOICES_OPEN,
            atlas=atlas,
            timeline=make_timeline(edition, [event.label for event in event_views]),
            row=ROW,
            undated_open=_UNDATED_OPEN,
            width=WIDTH,
            voices=[group.name for group in groups],
            modalities=_present(str(modality) for modality in _modalities(edition)),
            kinds=_present(sorted(_kind(entry) for entry in edition.entries)),
            form_words=_form_words(),
            notice=built("NOTICE.txt"),
            data=Markup(embed_json({"map": atlas.data, **_data(edition, groups)})),
            script=Markup(script),
            style=Markup(style),
            policy=_policy(script, style),
        )
    )


def _joined(*texts: str) -> str:
    return "\n".join(texts)


def _policy(script: str, style: str) -> str:
    """Return the content security policy: only this page's own script and style, nothing from elsewhere."""
    return (
        f"default-src 'none'; script-src {policy_hash(script)}; style-src {policy_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _counts(edition: Edition) -> list[str]:
    article = sum(1 for entry in edition.entries if not entry.claim.in_comment)
    comments = sum(
        1 for reading in edition.readings for passage in reading.passages if passage.kind is PassageKind.COMMENT
    )
    outlets = {reading.report.outlet for reading in edition.readings if reading.report.outlet}
    counts = [
        plural(len(edition.readings), "report"),
        plural(len(outlets), "outlet") if outlets else "",
        plural(article, "claim") + " in articles",
        plural(len(edition.entries) - article, "claim") + f" in {plural(comments, 'comment')}",
        plural(len(edition.events), "event"),
    ]
    return [count for count in counts if count]


def _statuses(events: Sequence[EventView]) -> list[str]:
    found = Counter(event.status for event in events if not event.comments_only)
    return [f"{count:,} {status}" for status, count in sorted(found.items())]


def _voice_rows(groups: Sequence[VoiceGroup]) -> list[tuple[VoiceGroup, list[ClaimLine]]]:
    return [(group, [_line(entry, group) for entry in group.entries]) for group in groups]


def _line(entry: Entry, group: VoiceGroup) -> ClaimLine:
    claim = entry.claim
    chain = [name for name in entry.voice_names()[1:] if name != group.name]
    return ClaimLine(
        number=entry.number,
        classes=entry.look.classes,
        modality=str(claim.modality),
        negated=claim.negated,
        who=entry.safe(visible(", ".join(party.link.name or party.text for party in claim.actors))),
        act=claim.act.label,
        whom=entry.safe(visible(", ".join(party.link.name or party.text for party in claim.recipients))),
        where=entry.safe(visible(", ".join(place.link.name or place.text for place in claim.places))),
        through=" › ".join(chain) if claim.in_comment else "",
        report_number=entry.report_number,
    )


def _present(values: object) -> list[str]:
    return list(dict.fromkeys(values))  # type: ignore[call-overload]


def _modalities(edition: Edition) -> list[Modality]:
    used = {entry.claim.modality for entry in edition.entries}
    return [modality for modality in Modality if modality in used]


def _kind(entry: Entry) -> str:
    act = entry.claim.act
    return str(act.category or act.state)


def _form_words() -> dict[str, str]:
    words: dict[str, list[str]] = {}
    for modality, form in FORM_OF_MODALITY.items():
        words.setdefault(form, []).append(str(modality))
    return {form: ", ".join(names) for form, names in words.items()}


def _data(edition: Edition, groups: Sequence[VoiceGroup]) -> dict[str, object]:
    """Return what the filters ask about: per claim voice, modality, kind, part, first and last day, event."""
    voice_of = {entry.number: index for index, group in enumerate(groups) for entry in group.entries}
    return {
        "claims": [
            [
                voice_of[entry.number],
                str(entry.claim.modality),
                _kind(entry),
                int(entry.claim.in_comment),
                *_claim_days(entry),
                entry.event_number or 0,
            ]
            for entry in edition.entries
        ]
    }


def _claim_days(entry: Entry) -> tuple[str, str]:
    days = next((days for days in (days_of(when.interval) for when in entry.claim.when) if days), None)
    if days is None and entry.event:
        days = event_interval(entry.event)
    return (days[0].isoformat(), days[1].isoformat()) if days else ("", "")
