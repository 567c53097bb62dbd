"""Signatures that real pages bear: dates without a clock, names above and times below, user numbers, points."""

from __future__ import annotations

from reportedly.discuss import split_discussion
from reportedly.model import Passage, PassageKind
from reportedly.read import read_text

TITLE = "Convoy reaches the besieged valley"
ARTICLE = (
    "A convoy of eleven trucks reached the valley on Thursday, the provincial council said, after two weeks "
    "in which the road had been closed by shelling from both banks of the river.\n\n"
    "The trucks carried flour, fuel and medicine. A second convoy is planned for Sunday, the council said."
)
FLAT = f"{TITLE}\n\n{ARTICLE}\n\n"


def split(text: str) -> list[Passage]:
    return list(split_discussion(read_text(text), key=b"k"))


def comments_of(text: str) -> list[tuple[str | None, str]]:
    return [(p.author, p.span.of(text)) for p in split(text) if p.kind is PassageKind.COMMENT]


def titles_of(text: str) -> list[str]:
    return [p.span.of(text) for p in split(text) if p.kind is PassageKind.TITLE]


def test_dated_signatures_of_three_readers_need_no_clock() -> None:
    text = FLAT + (
        "Chair of the bridge trust\nwritten by Tilda Marr, October 24, 2019\nThe road will not hold another winter. "
        "I measured it.\n\nWell\nwritten by Omar Falk, October 25, 2019\nThe flour was stale.\n\n"
        "This is not going to last\nwritten by lenz, October 25, 2019\nThe fuel is gone by now.\n"
    )
    assert [author for author, _ in comments_of(text)] == ["Tilda Marr", "Omar Falk", "lenz"]


def test_places_and_dates_that_head_a_chronicle_are_no_readers() -> None:
    text = FLAT + (
        "Karsk, March 3, 2019\n\nShells hit the market. Four people were wounded.\n\n"
        "Odrin, March 4, 2019\n\nThe ferry was hit at dawn, the port said.\n\n"
        "Belmo, March 6, 2019\n\nThe council ordered the schools closed.\n"
    )
    assert comments_of(text) == []


def test_the_first_reader_of_names_above_and_times_below_is_found_by_the_name_that_returns() -> None:
    text = FLAT + (
        "River_Jack.\n\nLIES!\n\nThe council never said so.\n\n#1 - Mon Oct 29, 2019 10:07 AM EDT\n"
        "halige\n\nRead it again.\n\n#1.1 - Mon Oct 29, 2019 10:12 AM EDT\n"
        "River_Jack.\n\nI did.\n\n#1.2 - Mon Oct 29, 2019 10:28 AM EDT\n"
    )
    assert comments_of(text) == [
        ("River_Jack", "LIES!\n\nThe council never said so."),
        ("halige", "Read it again."),
        ("River_Jack", "I did."),
    ]


def test_a_slogan_for_a_name_is_not_read_as_the_readers_words() -> None:
    text = FLAT + (
        "turniptop\n\nUnless I get asked to drive.\nAugust 9, 2019 02:07 pm at 2:07 pm\n"
        "Dorset Gary\n\nIt takes me back.\nAugust 9, 2019 02:15 pm at 2:15 pm\n"
        "Flour 2019 - BREAD forward, four more years of BREAD\n\nWho pays for it?\nAugust 9, 2019 02:23 pm at 2:23 pm\n"
    )
    assert comments_of(text) == [
        ("turniptop", "Unless I get asked to drive."),
        ("Dorset Gary", "It takes me back."),
        ("Flour 2019 - BREAD forward, four more years of BREAD", "Who pays for it?"),
    ]


def test_a_lone_line_above_its_time_is_the_comment_and_no_name() -> None:
    text = FLAT + (
        "I love this valley\n\n  November 12, 2019 6:50 PM\n\nhot\n\n  November 12, 2019 7:07 PM\n\n"
        "you mean Sunday\n\n  November 12, 2019 7:08 PM\n"
    )
    assert comments_of(text) == [(None, "I love this valley"), (None, "hot"), (None, "you mean Sunday")]


def test_user_numbers_and_known_names_begin_comments_without_a_time() -> None:
    text = FLAT + (
        "by Quill (26501) on Tuesday July 24, @10:49AM (#40749)\nRock and revolt!\n\n"
        "    by camp lore (7047) on Tuesday July 24, @11:20AM (#40750)\n    I fear nothing until you sing.\n\n"
        "        by Jon, Lord of Mud (137) on Tuesday July 24, @05:45PM (#40756) Homepage Journal\n"
        "        These attacks are crimes.\n\n"
        "        by sumdum (7114) <sum at example dot org> on Tuesday July 24, @09:45PM (#40759) Journal\n"
        "        You forgot the river.\n\n"
        "    by gtall (7952)\n    It could have been worse.\n\n"
        "by Quill\nI know.\n"
    )
    assert comments_of(text) == [
        ("Quill", "Rock and revolt!"),
        ("camp lore", "I fear nothing until you sing."),
        ("Jon, Lord of Mud", "These attacks are crimes."),
        ("sumdum", "You forgot the river."),
        ("gtall", "It could have been worse."),
        ("Quill", "I know."),
    ]


def test_one_reader_with_points_at_the_end_is_a_discussion() -> None:
    text = FLAT + "dwyer 5 pts\n\nA correction: the convoy had twelve trucks over the two days.\n"
    assert comments_of(text) == [("dwyer", "A correction: the convoy had twelve trucks over the two days.")]


def test_points_of_a_player_are_no_comment() -> None:
    assert comments_of(f"{FLAT}Scorers\n\nMarr 32 pts\n\nFalk 12 rebounds\n") == []


def test_a_line_that_is_all_date_or_a_heading_of_comments_is_no_title() -> None:
    assert titles_of(f"October 08, 2019\n\n{FLAT}") == [TITLE]
    assert titles_of(f"Friday, November 9, 2019\n{FLAT}") == [TITLE]
    assert titles_of(f"Comments (78 comments)\n{FLAT}") == [TITLE]
