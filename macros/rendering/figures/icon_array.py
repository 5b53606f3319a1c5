"""A hundred small figures, of which so many are filled: a share that can be counted."""

from .svg import Drawing, group, path, shown

_IN_A_LINE, _LINES = 20, 5
# Between one figure and the next, and between the two blocks of ten that a line has, in px.
_ACROSS, _DOWN, _APART = 16.0, 25.0, 8.0
_LEFT, _TOP = 8.0, 13.0
# A person about (0, 0): a head, and shoulders on a body; and a disc, for what is not a person. Both 22 px high at most.
_PERSON = "m-3-7.4a3 3 0 1 0 6 0a3 3 0 1 0-6 0zm0 4.6h6q2.4 0 2.4 2.4v5h-2.2v5.4h-6.4v-5.4h-2.2v-5q0-2.4 2.4-2.4z"
_DISC = "m-5.8 0a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0z"


def icon_array(filled: int, people: bool = True) -> Drawing:
    """`filled` of a hundred figures filled and the others hollow, line by line; people, or discs for what is none."""
    places = [(_x(number % _IN_A_LINE), _TOP + number // _IN_A_LINE * _DOWN) for number in range(_IN_A_LINE * _LINES)]
    shape = _PERSON if people else _DISC
    drawing = Drawing(_x(_IN_A_LINE - 1) + _LEFT, _LINES * _DOWN + 1)
    for name, classes, chosen in (("had", "f-had", places[:filled]), ("had-not", "f-had-not", places[filled:])):
        if chosen:
            drawing.add(group(name, path("".join(f"M{shown(x)} {shown(y)}{shape}" for x, y in chosen), classes)))
    return drawing


def _x(column: int) -> float:
    return _LEFT + column * _ACROSS + (_APART if column >= _IN_A_LINE // 2 else 0)
