"""An answer must have the shape that its service documents; one of another shape is refused in a sentence."""

import json
from typing import TypeVar

from lxml import etree
from pydantic import BaseModel, ConfigDict, ValidationError

from ..content.faults import shown
from .ask import RefusedError


class Told(BaseModel):
    """What is read of an answer; what else the service tells is left."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, populate_by_name=True)


T = TypeVar("T", bound=Told)


def from_json(text: str, kind: type[T], service: str, about: str) -> T:
    """The answer of a service about something, as JSON.

    Raises RefusedError when it is of another shape than the service documents.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError:
        raise refused(service, about, f"expected JSON, got {shown(text) if text.strip() else 'nothing'}") from None
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        if first["type"] == "missing":
            raise refused(service, about, f"{place} is missing") from None
        raise refused(service, about, f"{place}: {first['msg']}, got {shown(first['input'])}") from None


def from_xml(text: str, root: str, service: str, about: str) -> etree._Element:
    """The answer of a service about something, as XML with this root; entities and a DTD are not followed.

    Raises RefusedError when it is of another shape than the service documents.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        element = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        raise refused(service, about, f"expected XML, got {shown(text) if text.strip() else 'nothing'}") from None
    if element.tag != root:
        said = " ".join("".join(element.itertext()).split())
        raise refused(service, about, f"expected {root}, got {element.tag}{f': {shown(said)}' if said else ''}")
    return element


def refused(service: str, about: str, problem: str) -> RefusedError:
    """The sentence for an answer of another shape than the service documents."""
    shape = "in another shape than it documents"
    return RefusedError(f"{service} answered on {about} {shape}: {problem}; nothing was taken of it")
