"""How is a record written as JSON? With the model's own field names, and without the names of commenters."""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec
import typer

from reportedly.ledger.privacy import pseudonymise
from reportedly.ledger.rows import (
    ActorRecord,
    ClaimRecord,
    ClaimRow,
    EventRecord,
    PassageRecord,
    PlaceRecord,
    Record,
    ReportRecord,
    SourceRecord,
)
from reportedly.model import Passage, Voice, VoiceKind


def print_json(value: object) -> None:
    """Print a value as indented JSON on standard output."""
    typer.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))


def without_names(row: ClaimRow) -> ClaimRow:
    """Return the claim with its commenter, if any, under the pseudonym."""
    reader = row.pseudonym or "a reader"
    voices = tuple(_under_pseudonym(voice, reader) for voice in row.claim.voices)
    return replace(row, claim=replace(row.claim, voices=voices))


def record_without_names(record: Record) -> Record:
    """Return a record of the ledger with all commenters under their pseudonyms."""
    match record:
        case ReportRecord():
            return replace(record, reading=pseudonymise(record.reading))
        case ClaimRecord():
            return replace(record, row=without_names(record.row))
        case PassageRecord():
            claims = tuple(map(without_names, record.claims))
            return replace(record, passage=_without_author(record.passage), claims=claims)
        case ActorRecord() | EventRecord() | PlaceRecord() | SourceRecord():
            return replace(record, claims=tuple(map(without_names, record.claims)))


def _without_author(passage: Passage) -> Passage:
    return replace(passage, author=None, author_span=None, answers_why="")


def _under_pseudonym(voice: Voice, reader: str) -> Voice:
    if voice.kind is not VoiceKind.COMMENTER:
        return voice
    return replace(voice, name=reader, actor=None, span=None)
