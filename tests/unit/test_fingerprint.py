"""The fingerprint of a sheet: what decides it and what does not, and where it stands."""

import base64
import re

import pytest

from macros.printing.fingerprint import fingerprint
from macros.printing.manifest import manifest_entry

from .sheets import sheet


def of(body: str) -> str:
    return fingerprint(("Title", "For trainees"), body)


def image(drawing: str, alt: str = "A figure") -> str:
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}">'


BODY = "<section><h2>Neck</h2><p>Add <b>3</b> mL.</p><table><tr><td>1</td><td>23</td></tr></table></section>"


def test_it_is_eight_hexadecimal_digits_and_always_the_same() -> None:
    assert of(BODY) == of(BODY)
    assert re.fullmatch("[0-9a-f]{8}", of(BODY))
    # One that stands on paper outlives the program that made it: change the rules only for a reason.
    assert of(BODY) == "ad4d27db"


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("<p>", '<p class="new" id="x" data-row="r" data-print="y">'),
        BODY.replace("<p>", "<div>").replace("</p>", "</div>"),
        BODY.replace("<b>3</b>", "3"),
        BODY.replace("<b>3</b>", '<a href="https://elsewhere.example/?v=9">3</a>'),
        BODY.replace("Add ", "Add\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n "),
        BODY.replace("<p>", "\n  <p>  ").replace("</p>", " </p>\n"),
        BODY.replace("<h2>", "<!-- a remark --><h2>"),
        BODY + '<p data-fingerprint="off">Version 1.2.3</p>',
        BODY.replace("mL.", 'mL.<span data-fingerprint="off"> Version 9.</span>'),
    ],
)
def test_tags_attributes_addresses_and_what_is_left_out_have_no_part(other: str) -> None:
    assert of(other) == of(BODY)


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("3", "2", 1),
        BODY.replace("mL.", "mL"),
        BODY.replace("Add", "add"),
        # Where a word stands decides as well.
        BODY.replace("<td>1</td><td>23</td>", "<td>12</td><td>3</td>"),
        BODY.replace("<td>1</td><td>23</td>", "<td>23</td><td>1</td>"),
        BODY + '<p class="field"><span>Emergency number:</span> <span>112</span></p>',
        BODY.replace("mL.", 'mL.<span data-fingerprint="off"></span> Stop.'),
    ],
)
def test_words_and_their_places_decide(other: str) -> None:
    assert of(other) != of(BODY)


def test_letters_are_compared_composed() -> None:
    assert of("<p>De\u0301collete\u0301</p>") == of("<p>D\u00e9collet\u00e9</p>")


def test_a_figure_counts_by_its_drawing_and_its_words() -> None:
    made = [of(image("<svg><rect width='1'/></svg>")), of(image("<svg><rect width='2'/></svg>")),
            of(image("<svg><rect width='1'/></svg>", alt="Another"))]  # fmt: skip
    assert len(set(made)) == 3


def test_the_address_of_a_picture_says_nothing() -> None:
    assert of('<img alt="A" src="../one.png">') == of('<img alt="A" src="https://example.org/two.png">')


def test_title_readers_and_contact_count_and_what_stands_at_the_foot_does_not() -> None:
    first = sheet("<p>x</p>").fingerprint
    for other in ({"title": "Other"}, {"audience_words": "For patients"}, {"contact": "Emergency: 112"}):
        assert sheet("<p>x</p>", **other).fingerprint != first
    for other in ({"slug": "other"}, {"reviewed": "2031-01-01"}, {"address": "other/"}, {"classes": "other"}):
        assert sheet("<p>x</p>", **other).fingerprint == first


def test_the_manifest_has_it_beside_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.printing.manifest.page_count", lambda content: 1)
    made = sheet("<p>x</p>")
    entry = manifest_entry(made, "a4", b"", "1.2.3")
    assert list(entry) == ["slug", "title", "audience", "paper", "file", "pages", "bytes", "sha256", "version",
                           "fingerprint", "reviewed", "source"]  # fmt: skip
    assert entry["fingerprint"] == made.fingerprint == manifest_entry(made, "letter", b"", "2.0.0")["fingerprint"]
