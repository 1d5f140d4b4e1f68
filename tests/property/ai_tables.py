"""The tables of the law of AI services, restated from a reading of the texts alone: one service, one day, one row.

First written without a look at the decisions in rules/, so that one can be proved against the other; where they
differed the text was read again, and the numbers in brackets, explained at the end, say what it decided. Nothing
here imports kb. A letter is a table, a number its row: the role of a firm in a service (A-E, I), filings and
assessments (F-J, S-U), labels (D, V-Y), platforms (Z), a firm without a service (K, N). GA = Generative AI Measures,
DS = Deep Synthesis Provisions, AR = Algorithm Recommendation Provisions, LM = Labelling Measures, AM =
Anthropomorphic Interaction Measures, SA = assessment provisions of 2018, N = notice of January 2026; the number is
the article.

A table gives the one row whose guard holds; none or two is an error, so that every use proves its rows complete and
disjoint. What the texts leave open is a question with a usual answer, and `Service.otherwise` names the questions to
be answered the other way. `kind`: `required` by a text, `practice` by a notice without an article, `review` not
settled, `not_required`, `out` of the instrument, `due_nothing_now`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

IN_FORCE = {
    "SA": date(2018, 11, 30),
    "AR": date(2022, 3, 1),
    "DS": date(2023, 1, 10),
    "GA": date(2023, 8, 15),
    "LM": date(2025, 9, 1),
    "N": date(2026, 1, 9),  # (1)
    "AM": date(2026, 7, 15),
}
"""First day of each instrument; none says what becomes of services already out."""

POSITIONS = ("offers", "supplies", "uses", "develops_only", "other")
"""Gives it to end users, to other firms, uses another's, hands nothing out, has another part."""

REGISTERED, ACTIVE = 1_000_000, 100_000  # AM 22(1) item 3: 以上, the number itself included
LOG_MONTHS = 6  # LM 9: 不少于


class Service(NamedTuple):
    """All there is to know of one service of one firm on one day; a firm that sells an interface too has two."""

    day: date
    position: str = "other"  # one of POSITIONS
    audience: str = "internal"  # the widest that fits: mainland_public / closed / internal / outside_only
    unrelated: bool = False  # closed: the customers are many and unrelated
    downstream: bool = False  # what is built on it is offered to the mainland public
    abroad: bool = False  # run from abroad
    aimed: bool = False  # from abroad: aimed at people in the mainland, not only within their reach
    reach: str = "none"  # mainland / from_abroad / to_abroad_only / inside_network / none
    gen: bool = False  # a model that can generate content, GA 22 item 1
    ds: bool = False  # deep synthesis technology, DS 23
    recommends: bool = False  # one of the other kinds of algorithm, AR 2(2)
    opinion: bool = False  # attributes of public opinion or of moving the public
    opinion_down: bool = False  # the same of the supported service
    persona: bool = False  # traits, thinking and manner of a person
    emo: bool = False  # sustained emotional interaction
    filed: bool = False  # the algorithm
    issued: bool = False  # and a number was given
    changed: date | None = None  # what was filed
    model: str = "own"  # own / modified / local / call_filed / call_unfiled / foreign
    base_filed: bool = False  # modified or local: the model underneath is filed
    weighty: bool = False  # modified: the change is marked
    number: bool = False  # a filing or launch number is at hand
    started: date | None = None  # first day of service
    ended: date | None = None  # and the day it ended or will end
    launch: bool = False  # SA 3 item 1 since the last assessment
    technology: bool = False  # SA 3 item 2
    growth: bool = False  # SA 3 item 3
    harm: bool = False  # SA 3 item 4
    notice: bool = False  # SA 3 item 5
    opinion_record: bool = False  # an assessment is on record
    tool: bool = False  # DS 15(2): a tool for biometrics, or for scenes that touch the public interest
    registered: int = 0
    active: int = 0
    size_assessed: bool = False  # assessed since it was so large
    companion_event: bool = False  # AM 22(1) items 1, 2, 4, 5 or 22(2) since the last assessment
    companion_record: bool = False
    functions: bool = False  # one of the five of DS 17(1)
    confuse: bool = False  # may confuse or mislead the public
    contents: frozenset[str] = frozenset()  # text / audio / image / video / scene / other
    confusing: frozenset[str] = frozenset()  # those of them that may
    request: bool = False  # users get content without explicit label when they ask
    agreement: bool = False  # LM 9: the agreement has fixed the user's duty and liability
    log_months: int = 0  # LM 9
    export: bool = False  # download, copy, export
    file: bool = False  # the output is a file
    markable: bool = False  # no file: a mark that does not disturb can be put on it
    spreads: bool = False  # spreads content of others
    meta: str = "none"  # of an item spread: clear / vague / none / no_file
    declared: bool = False
    detected: bool = False
    handles: bool = False  # the firm has to do with content made by AI at all
    posts: bool = False  # and publishes some on services of others
    apps: bool = False  # the firm distributes apps of others
    otherwise: frozenset[str] = frozenset()  # questions to be answered the unusual way


Guard = Callable[[Service], bool]


class Row(NamedTuple):
    """One line of a table: what comes of it, or, of a question that is open, `other`, when and `usually` answered."""

    name: str
    kind: str
    then: str
    holds: Guard
    asks: str = ""
    other: str = ""
    usually: Guard = lambda s: True


Table = tuple[Row, ...]


def in_force(instrument: str, s: Service) -> bool:
    return s.day >= IN_FORCE[instrument]


def row_of(table: Table, s: Service) -> Row:
    """The one row that holds."""
    found = [row for row in table if row.holds(s)]
    assert len(found) == 1, f"{[row.name for row in found]} hold of {s}"
    return found[0]


def said(table: Table, s: Service, instrument: str) -> str:
    """What comes of the row that holds; nothing on a day before the instrument."""
    if not in_force(instrument, s):
        return "not_in_force"
    row = row_of(table, s)
    return row.then if row.usually(s) != (row.asks in s.otherwise) else row.other


# ---- I: an internet information service within the mainland, DS 2(1), AR 2(1) --------------------------------

MAINLAND_SERVICE = (
    Row("I1", "required", "yes", lambda s: s.reach == "mainland"),
    Row("I2", "out", "no", lambda s: s.reach == "none"),
    Row("I3", "review", "yes", lambda s: s.reach == "from_abroad" and s.aimed, "from abroad", "no"),
    Row("I3 reached", "review", "no", lambda s: s.reach == "from_abroad" and not s.aimed, "aimed", "yes"),
    Row("I4", "review", "yes", lambda s: s.reach == "to_abroad_only", "to abroad only", "no"),  # (2)
    Row("I5", "review", "no", lambda s: s.reach == "inside_network", "inside network", "yes"),
)


@lru_cache(100_000)
def in_mainland(s: Service) -> bool:
    return said(MAINLAND_SERVICE, s, "SA") == "yes"


# ---- A: role under GA ----------------------------------------------------------------------------------------


def _public(s: Service) -> bool:
    return s.audience == "mainland_public"


def _closed(s: Service) -> bool:
    return s.audience == "closed"


def _near(s: Service) -> bool:
    return s.audience in ("internal", "outside_only")


def _many(s: Service) -> bool:
    """The usual answer to whether a closed circle is the public."""
    return s.unrelated


def _merely_reached(s: Service) -> bool:
    return s.abroad and not s.aimed


def _offers(s: Service) -> bool:
    return s.position == "offers"


def _supplies(s: Service) -> bool:
    return s.position == "supplies"


def _gives(s: Service) -> bool:
    return _offers(s) or _supplies(s)


def _feeds(s: Service) -> bool:
    """Not for the public itself, but for products that are."""
    return not _public(s) and s.downstream


def _feeds_only(s: Service) -> bool:
    return _feeds(s) and not (_closed(s) and s.unrelated)


def _feeds_circle(s: Service) -> bool:
    return _feeds(s) and _closed(s) and s.unrelated


def _circle(s: Service) -> bool:
    return _closed(s) and not s.downstream


def _apart(s: Service) -> bool:
    return _near(s) and not s.downstream


def _uses(s: Service) -> bool:
    return s.position == "uses"


GENAI_ROLE = (
    Row("A1", "out", "out", lambda s: not s.gen),
    Row("A2", "required", "provider", lambda s: s.gen and _offers(s) and _public(s) and not _merely_reached(s)),
    Row("A2 reached", "review", "out", lambda s: s.gen and _gives(s) and _public(s) and _merely_reached(s),
        "aimed", "provider"),  # (3)
    Row("A3", "review", "provider", lambda s: s.gen and _offers(s) and _closed(s), "circle", "out", _many),
    Row("A4", "out", "out", lambda s: s.gen and _offers(s) and _near(s)),
    Row("A5", "required", "provider", lambda s: s.gen and _supplies(s) and _public(s) and not _merely_reached(s)),
    Row("A6", "review", "provider", lambda s: s.gen and _supplies(s) and _feeds_only(s), "feeds", "out"),
    Row("A6 circle", "review", "provider", lambda s: s.gen and _supplies(s) and _feeds_circle(s)),  # (4)
    Row("A7", "review", "provider", lambda s: s.gen and _supplies(s) and _circle(s), "circle", "out", _many),
    Row("A8", "out", "out", lambda s: s.gen and _supplies(s) and _apart(s)),
    Row("A9", "required", "user", lambda s: s.gen and _uses(s) and _public(s)),  # (15)
    Row("A10", "review", "user", lambda s: s.gen and _uses(s) and _feeds_only(s), "feeds", "out"),
    Row("A10 both", "review", "user", lambda s: s.gen and _uses(s) and _feeds_circle(s)),
    Row("A10 circle", "review", "user", lambda s: s.gen and _uses(s) and _circle(s), "circle", "out", _many),
    Row("A11", "out", "out", lambda s: s.gen and _uses(s) and _apart(s)),
    Row("A12", "out", "out", lambda s: s.gen and s.position == "develops_only"),
    Row("A13", "not_required", "none", lambda s: s.gen and s.position == "other"),
)  # fmt: skip


@lru_cache(100_000)
def genai_role(s: Service) -> str:
    return said(GENAI_ROLE, s, "GA")


# ---- B: role under DS; C: under AR; E: under AM; D: under LM -------------------------------------------------

SYNTHESIS_ROLE = (
    Row("B1", "out", "out", lambda s: not s.ds),
    Row("B2", "out", "out", lambda s: s.ds and not in_mainland(s)),
    Row("B4", "required", "provider", lambda s: s.ds and in_mainland(s) and _offers(s)),
    Row("B5", "required", "supporter", lambda s: s.ds and in_mainland(s) and _supplies(s)),
    Row("B6", "required", "user", lambda s: s.ds and in_mainland(s) and _uses(s)),
    Row("B7", "not_required", "none", lambda s: s.ds and in_mainland(s) and not _gives(s) and not _uses(s)),
)


@lru_cache(100_000)
def synthesis_role(s: Service) -> str:
    return said(SYNTHESIS_ROLE, s, "DS")


def _algorithm(s: Service) -> bool:
    """AR 2(2): generating and synthesising is one of the five kinds."""
    return s.gen or s.ds or s.recommends


ALGORITHM_ROLE = (
    Row("C1", "out", "out", lambda s: not _algorithm(s)),
    Row("C2", "out", "out", lambda s: _algorithm(s) and not in_mainland(s)),
    Row("C4", "required", "provider", lambda s: _algorithm(s) and in_mainland(s) and _offers(s)),
    Row("C5", "not_required", "none", lambda s: _algorithm(s) and in_mainland(s) and not _offers(s)),
)


@lru_cache(100_000)
def algorithm_role(s: Service) -> str:
    return said(ALGORITHM_ROLE, s, "AR")


def _companion(s: Service) -> bool:
    return s.persona and s.emo


COMPANION_ROLE = (
    Row("E1", "out", "out", lambda s: not s.persona),
    Row("E2", "out", "out", lambda s: s.persona and not s.emo),
    Row("E3", "required", "provider",
        lambda s: _companion(s) and _offers(s) and _public(s) and not _merely_reached(s)),
    Row("E3 reached", "review", "out", lambda s: _companion(s) and _offers(s) and _public(s) and _merely_reached(s),
        "aimed", "provider"),  # (3)
    Row("E4", "review", "provider", lambda s: _companion(s) and _offers(s) and _closed(s), "circle", "out", _many),
    Row("E5", "out", "out", lambda s: _companion(s) and _offers(s) and _near(s)),
    Row("E6", "review", "out", lambda s: _companion(s) and _supplies(s) and _public(s) and not _merely_reached(s),
        "companion supply", "provider"),
    Row("E6 few", "out", "out", lambda s: _companion(s) and _supplies(s) and (not _public(s) or _merely_reached(s))),
    Row("E7", "out", "out", lambda s: _companion(s) and not _gives(s)),
)  # fmt: skip


@lru_cache(100_000)
def companion_role(s: Service) -> str:
    return said(COMPANION_ROLE, s, "AM")


def is_provider(s: Service) -> bool:
    """Under any of GA, DS and AR."""
    return "provider" in (genai_role(s), synthesis_role(s), algorithm_role(s))


def _only_supports(s: Service) -> bool:
    return not is_provider(s) and synthesis_role(s) == "supporter"


LABEL_ROLE = (
    Row("D1", "required", "provider", is_provider),
    Row("D2", "review", "supporter", _only_supports, "label of supporters", "provider"),
    Row("D4", "out", "out", lambda s: not is_provider(s) and not _only_supports(s)),
)


@lru_cache(100_000)
def label_role(s: Service) -> str:
    return said(LABEL_ROLE, s, "LM")


# ---- F: filing of the algorithm ------------------------------------------------------------------------------


def _files(s: Service) -> bool:
    return is_provider(s) and s.opinion


def _supports(s: Service) -> bool:
    return synthesis_role(s) == "supporter" and not _files(s)


ALGORITHM_FILING = (
    Row("F1", "required", "ten_days", _files),  # AR 24(1), DS 19(1), GA 17
    Row("F3", "required", "by_reference", lambda s: _supports(s) and s.opinion_down),  # (5)
    Row("F4", "review", "not_required", lambda s: _supports(s) and not s.opinion_down,
        "filing of supporters", "by_reference"),
    Row("F5", "not_required", "not_required", lambda s: is_provider(s) and not s.opinion and not _supports(s)),
    Row("F7", "not_required", "not_required", lambda s: not is_provider(s) and not _supports(s)),
)  # fmt: skip


def algorithm_filing(s: Service) -> str:
    return said(ALGORITHM_FILING, s, "AR")


def _keeps_company(s: Service) -> bool:
    return companion_role(s) == "provider"


COMPANION_FILING = (
    Row("F2", "review", "file", lambda s: _keeps_company(s) and not s.opinion, "companion gate", "not_required"),
    Row("F2 attribute", "required", "file", lambda s: _keeps_company(s) and s.opinion and not _files(s)),  # (6)
    Row("F1", "not_required", "not_required", lambda s: _keeps_company(s) and _files(s)),
    Row("F7", "not_required", "not_required", lambda s: not _keeps_company(s)),
)  # fmt: skip


def companion_filing(s: Service) -> str:
    return said(COMPANION_FILING, s, "AM")


def _clock(first: str, s: Service) -> str:
    """Ten working days from the launch, AR 24(1), unless the service ran before the instrument."""
    return "standing" if s.started is not None and s.started < IN_FORCE[first] else "dated"


def filing_clock(s: Service) -> str:
    """F: within ten working days, or without a day for what ran before the rule that it falls under (16)."""
    if algorithm_filing(s) != "ten_days":
        return "none"
    late = in_force("GA", s) and algorithm_role(s) != "provider"
    return _clock("GA" if late else "AR", s)


def companion_clock(s: Service) -> str:
    """F2: AM 26, AR 24(1)."""
    return _clock("AM", s) if companion_filing(s) == "file" else companion_filing(s)


def _files_generally(s: Service) -> bool:
    return algorithm_filing(s) in ("ten_days", "by_reference") and s.filed


def _files_as_companion(s: Service) -> bool:
    return companion_filing(s) == "file" and s.filed


def _due(holds: object) -> str:
    return "due" if holds else "none"


def filing_change(s: Service) -> str:
    """L1: AR 24(2), DS 19."""
    return _due(_files_generally(s) and s.changed)


def companion_change(s: Service) -> str:
    """L1: AM 26, AR 24(2)."""
    return _due(_files_as_companion(s) and s.changed)


def filing_end(s: Service) -> str:
    """L2: AR 24(3), DS 19; told as soon as the day of the end is known."""
    return _due(_files_generally(s) and s.ended)


def companion_end(s: Service) -> str:
    """L2: AM 26, AR 24(3); told once the end has come (13)."""
    return _due(_files_as_companion(s) and s.ended and s.ended <= s.day)


def filing_number(s: Service) -> str:
    """L3: DS 19(3), AR 26: the latter binds every algorithm provider that has filed, so companions too."""
    companion = _keeps_company(s) and s.filed and algorithm_role(s) == "provider"
    return _due(s.issued and (_files_generally(s) or companion))


# ---- G: filing of a generative service; H: registration; J: display of the number ----------------------------


def _generates_for_all(s: Service) -> bool:
    return genai_role(s) == "provider"


def _opinionated(s: Service) -> bool:
    return _generates_for_all(s) and s.opinion and not s.abroad


def _slight(s: Service) -> bool:
    """A filed model, slightly changed."""
    return s.model == "modified" and s.base_filed and not s.weighty


def _as_it_is(s: Service) -> bool:
    return s.model == "local" and s.base_filed


def _changed(s: Service) -> bool:
    return (s.model == "modified" and not _slight(s)) or (s.model == "local" and not _as_it_is(s))


SERVICE_FILING = (
    Row("G1", "not_required", "not_required", lambda s: not _generates_for_all(s)),
    Row("G3", "not_required", "not_required", lambda s: _generates_for_all(s) and not s.opinion),
    Row("G abroad", "practice", "no_route", lambda s: _generates_for_all(s) and s.opinion and s.abroad),  # (7)
    Row("G4", "not_required", "register", lambda s: _opinionated(s) and s.model == "call_filed"),
    Row("G5", "practice", "file", lambda s: _opinionated(s) and s.model == "own"),
    Row("G6", "review", "file", lambda s: _opinionated(s) and _slight(s), "fine-tuning", "register"),
    Row("G7", "review", "file", lambda s: _opinionated(s) and _as_it_is(s), "run locally", "register"),
    Row("G6 G7 unfiled", "practice", "file", lambda s: _opinionated(s) and _changed(s)),  # (8)
    Row("G8", "practice", "no_route", lambda s: _opinionated(s) and s.model == "call_unfiled"),
    Row("G9", "practice", "no_route", lambda s: _opinionated(s) and s.model == "foreign"),
)  # fmt: skip


def service_filing(s: Service) -> str:
    return said(SERVICE_FILING, s, "N")


def service_duty(s: Service) -> str:
    """G: whether the notice's "may" is read as a duty is a question of its own; no working route is no way out."""
    return _due(service_filing(s) in ("file", "no_route") and "compulsory" not in s.otherwise)


def _here(s: Service) -> bool:
    return _generates_for_all(s) and not s.abroad


def _elsewhere(s: Service) -> bool:
    """Calls no filed model on any reading."""
    return s.model != "call_filed" and not _slight(s) and not _as_it_is(s)


REGISTRATION = (
    Row("H1", "not_required", "not_required", lambda s: not _generates_for_all(s)),
    Row("H abroad", "not_required", "not_required", lambda s: _generates_for_all(s) and s.abroad),  # (7)
    Row("H3", "not_required", "not_required", lambda s: _here(s) and _elsewhere(s)),
    Row("H3 slight", "review", "not_required", lambda s: _here(s) and s.opinion and _slight(s), "fine-tuning",
        "register"),
    Row("H3 local", "review", "not_required", lambda s: _here(s) and s.opinion and _as_it_is(s), "run locally",
        "register"),
    Row("H3 no attribute", "not_required", "not_required",
        lambda s: _here(s) and not s.opinion and (_slight(s) or _as_it_is(s))),
    Row("H4", "practice", "register", lambda s: _here(s) and s.opinion and s.model == "call_filed"),
    Row("H5", "review", "not_required", lambda s: _here(s) and not s.opinion and s.model == "call_filed",
        "registration without attribute", "register"),
)  # fmt: skip


def registration(s: Service) -> str:
    return said(REGISTRATION, s, "N")


NUMBER_DISPLAY = (
    Row("J1", "practice", "show", lambda s: _generates_for_all(s) and _online(s) and s.number),
    Row("J2", "not_required", "not_required", lambda s: _generates_for_all(s) and _online(s) and not s.number),
    Row("J3", "due_nothing_now", "not_required", lambda s: _generates_for_all(s) and not _online(s)),
    Row("J5", "not_required", "not_required", lambda s: not _generates_for_all(s)),
)  # fmt: skip


def registration_duty(s: Service) -> str:
    return _due(registration(s) == "register" and "compulsory" not in s.otherwise)


def _online(s: Service) -> bool:
    return s.started is not None and s.started <= s.day and not (s.ended and s.ended <= s.day)


def number_display(s: Service) -> str:
    return said(NUMBER_DISPLAY, s, "N")


# ---- S: assessment for public opinion; T: of a tool; U: of a companion service -------------------------------


def _within(s: Service) -> bool:
    return (_offers(s) and in_mainland(s)) or _generates_for_all(s)


def _before(s: Service) -> bool:
    return (s.launch and s.opinion) or s.technology  # (9)


def _after(s: Service) -> bool:
    named = s.opinion or "assessment without attribute" not in s.otherwise
    return s.growth or ((s.harm or s.notice) and named)


def _quiet(s: Service) -> bool:
    return _within(s) and not _before(s) and not _after(s)


def _unassessed(s: Service) -> bool:
    return _quiet(s) and s.opinion and not s.opinion_record


def _standing(s: Service) -> bool:
    """AR 27, GA 17: these ask for an assessment without naming an event."""
    return "provider" in (algorithm_role(s), genai_role(s))


OPINION_ASSESSMENT = (
    Row("S1", "not_required", "not_required", lambda s: not _within(s)),
    Row("S3", "required", "before_launch", lambda s: _within(s) and _before(s) and not _after(s)),
    Row("S4", "required", "after_event", lambda s: _within(s) and not _before(s) and _after(s)),
    Row("S5", "required", "both", lambda s: _within(s) and _before(s) and _after(s)),
    Row("S6", "required", "no_date", lambda s: _unassessed(s) and _standing(s)),
    Row("S7", "due_nothing_now", "nothing_now", lambda s: _quiet(s) and s.opinion and s.opinion_record),
    Row("S8", "not_required", "not_required", lambda s: _quiet(s) and not s.opinion),
    Row("S9", "not_required", "not_required", lambda s: _unassessed(s) and not _standing(s)),
)


def opinion_assessment(s: Service) -> str:
    return said(OPINION_ASSESSMENT, s, "SA")


def _makes_or_supports(s: Service) -> bool:
    return synthesis_role(s) in ("provider", "supporter")


TOOL_ASSESSMENT = (
    Row("T1", "required", "assess", lambda s: _makes_or_supports(s) and s.tool),  # no attribute asked for
    Row("T2", "not_required", "not_required", lambda s: _makes_or_supports(s) and not s.tool),
    Row("T4", "not_required", "not_required", lambda s: not _makes_or_supports(s)),
)


def tool_assessment(s: Service) -> str:
    return said(TOOL_ASSESSMENT, s, "DS")


def _large(s: Service) -> bool:
    return s.registered >= REGISTERED or s.active >= ACTIVE


def _triggered(s: Service) -> bool:
    again = not s.size_assessed or "size again" in s.otherwise
    launched = s.started is not None and s.started >= IN_FORCE["AM"] and not s.companion_record
    return s.companion_event or (_large(s) and again) or launched


COMPANION_ASSESSMENT = (
    Row("U1", "not_required", "not_required", lambda s: not _keeps_company(s)),
    Row("U3", "required", "required", lambda s: _keeps_company(s) and _triggered(s)),
    Row("U4", "due_nothing_now", "nothing_now",
        lambda s: _keeps_company(s) and not _triggered(s) and s.companion_record),
    Row("U5", "review", "first", lambda s: _keeps_company(s) and not _triggered(s) and not s.companion_record,
        "online before", "nothing_now"),
)  # fmt: skip


def companion_assessment(s: Service) -> str:
    return said(COMPANION_ASSESSMENT, s, "AM")


# ---- X: explicit label; W: in files; M: by kind of content; Y: implicit label --------------------------------


def _generates(s: Service) -> bool:
    return s.gen or s.ds


def _labels(s: Service) -> bool:
    return label_role(s) == "provider" and _generates(s)


def _seventeen(s: Service) -> bool:
    return _labels(s) and s.functions and s.confuse


def _agreed(s: Service) -> bool:
    return s.agreement and s.log_months >= LOG_MONTHS


def _synthesises(s: Service) -> bool:
    return synthesis_role(s) == "provider"


def _harmless(s: Service) -> bool:
    return _labels(s) and s.functions and not s.confuse


def _plain_generation(s: Service) -> bool:
    return _labels(s) and not s.functions


EXPLICIT_LABEL = (
    Row("X1", "not_required", "not_required", lambda s: label_role(s) == "out"),
    Row("X2", "review", "advise", lambda s: label_role(s) == "supporter"),
    Row("X3", "not_required", "not_required", lambda s: label_role(s) == "provider" and not _generates(s)),
    Row("X4", "required", "required", lambda s: _seventeen(s) and not s.request),
    Row("X5", "required", "except_on_request", lambda s: _seventeen(s) and s.request and _agreed(s),
        "exception on request", "required"),
    Row("X6", "required", "required", lambda s: _seventeen(s) and s.request and not _agreed(s)),
    Row("X7", "review", "offer", _harmless, "function when harmless", "not_required",
        lambda s: _synthesises(s) or "function outside DS" not in s.otherwise),
    Row("X8", "required", "offer", lambda s: _plain_generation(s) and _synthesises(s)),
    Row("X9", "review", "offer", lambda s: _plain_generation(s) and not _synthesises(s), "function outside DS",
        "not_required"),
)  # fmt: skip


@lru_cache(100_000)
def explicit_label(s: Service) -> str:
    return said(EXPLICIT_LABEL, s, "LM")


def _explicit(s: Service) -> bool:
    return explicit_label(s) in ("required", "except_on_request")


FILE_LABEL = (
    Row("W1", "required", "label", lambda s: _explicit(s) and s.export),  # (10)
    Row("W3", "review", "not_required", lambda s: explicit_label(s) == "offer" and s.export, "label in files", "label"),
    Row("W5", "not_required", "not_required",
        lambda s: not s.export or explicit_label(s) in ("not_required", "advise")),
)  # fmt: skip


def file_label(s: Service) -> str:
    return said(FILE_LABEL, s, "LM")


def content_label(s: Service, content: str) -> str:
    """LM 4(1) items 1-6: each kind of content that may mislead has its own place for the label."""
    if not in_force("LM", s):
        return "not_in_force"
    return "label" if _explicit(s) and content in s.contents & s.confusing else "not_required"


IMPLICIT_LABEL = (
    Row("Y1", "not_required", "not_required", lambda s: label_role(s) == "out"),
    Row("Y2", "review", "advise", lambda s: label_role(s) == "supporter"),
    Row("Y3", "not_required", "not_required", lambda s: label_role(s) == "provider" and not _generates(s)),
    Row("Y4", "required", "required", lambda s: _labels(s) and s.file),
    Row("Y5", "review", "mark", lambda s: _labels(s) and not s.file and _synthesises(s), "mark without file",
        "not_required"),
    Row("Y5 GA", "not_required", "not_required", lambda s: _labels(s) and not s.file and not _synthesises(s)),  # (11)
)  # fmt: skip


def implicit_label(s: Service) -> str:
    return said(IMPLICIT_LABEL, s, "LM")


# ---- V: what DS 16, 17 and GA 12 ask by themselves, before LM and beside it ----------------------------------


def _pictures(s: Service) -> bool:
    return genai_role(s) == "provider" and bool(s.contents & {"image", "video"})


def early_label(s: Service) -> str:
    """V1: DS 17(1), and with GA 12 of pictures and video; since LM its places (X, M) say how."""
    if not in_force("DS", s) or in_force("LM", s):
        return "not_in_force"
    return "label" if s.functions and s.confuse and (_synthesises(s) or _pictures(s)) else "not_required"


def _some_harmless(s: Service) -> bool:
    return s.confuse and not s.contents <= s.confusing


def label_function(s: Service) -> str:
    """V2: DS 17(2), for the service, or for those kinds of its content that cannot mislead (12)."""
    harmless = "function when harmless" not in s.otherwise
    outside = "function outside DS" not in s.otherwise
    if not in_force("DS", s):
        return "not_in_force"
    if in_force("LM", s):
        beside = _explicit(s) and _some_harmless(s) and harmless and (_synthesises(s) or outside)
        return "offer" if explicit_label(s) == "offer" or beside else "not_required"
    beside = harmless and (not s.confuse or _some_harmless(s))
    return "offer" if _synthesises(s) and (not s.functions or beside) else "not_required"


def technical_mark(s: Service) -> str:
    """V3: DS 16, on everything made; what leaves no file is marked as far as it can be."""
    if not in_force("DS", s):
        return "not_in_force"
    marked = s.file or s.markable != ("mark without file" in s.otherwise)
    return "mark" if _synthesises(s) and marked else "not_required"


# ---- Z: the notice of a platform, LM 6 -----------------------------------------------------------------------


def _spread(s: Service) -> bool:
    """By a service under LM, or by any; which of the two its platform is the firm says itself (14)."""
    usual = s._replace(otherwise=frozenset())
    return s.spreads and (label_role(usual) == "provider" or "plain platform" in s.otherwise)


def _unmarked(s: Service) -> bool:
    return s.meta in ("none", "no_file")


PLATFORM_NOTICE = (
    Row("Z1", "not_required", "none", lambda s: not s.spreads),
    Row("Z2", "review", "none", lambda s: s.spreads and not _spread(s)),
    Row("Z3", "required", "is", lambda s: _spread(s) and s.meta == "clear"),
    Row("Z4", "review", "as_labelled", lambda s: _spread(s) and s.meta == "vague", "vague metadata", "none"),
    Row("Z5", "required", "may_be", lambda s: _spread(s) and _unmarked(s) and s.declared),
    Row("Z6", "required", "suspected", lambda s: _spread(s) and _unmarked(s) and not s.declared and s.detected),
    Row("Z7", "not_required", "none", lambda s: _spread(s) and _unmarked(s) and not s.declared and not s.detected),
)  # fmt: skip


def platform_notice(s: Service) -> str:
    return said(PLATFORM_NOTICE, s, "LM")


def platform_duties(s: Service) -> str:
    """Z: check what is uploaded, show the notice, offer a declaration; of every platform under LM."""
    if not in_force("LM", s):
        return "not_in_force"
    plain = "plain platform" in s.otherwise and _offers(s) and in_mainland(s)
    return "owed" if s.spreads and (label_role(s) == "provider" or plain) else "not_required"


# ---- N, K: what binds a firm without a service ---------------------------------------------------------------


def declaration(s: Service) -> str:
    """N1: LM 10(1)."""
    return "declare" if in_force("LM", s) and s.handles and s.posts else "none"


def tampering(s: Service) -> str:
    """N2, N3: DS 18, since LM with LM 10(2); anyone, and so whoever has to do with such content."""
    return "forbidden" if in_force("DS", s) and s.handles else "none"


def app_check(instrument: str) -> Callable[[Service], str]:
    """K3: DS 13, LM 7, AM 25."""
    return lambda s: "check" if in_force(instrument, s) and s.apps else "none"


# (1) GA 17 is older, but the notice of January 2026 is the first on filing and registration that could be read.
# (2) DS 2(1) and AR 2(1) look at where the technology is applied, and are silent on where the users are.
# (3) GA 2(1) and AM 2(1) ask for an offer to the mainland public; how much reach from abroad is one is not said.
# (4) Where the many customers are the public already, it does not matter that their products are too.
# (5) DS 19(2) says shall; what it leaves open is the day from which a supporter would count.
# (6) AM 26 binds every provider; with the attribute AR 24(1) has no gate left that could be argued about.
# (7) N par. 2 sends to the department of the provider's place; a provider abroad has none.
# (8) N par. 1 speaks of calling a filed model: changed or local models that are not filed are no case of it.
# (9) SA 3 item 1 is the launch of a service with the attribute, or of such a function; item 2 needs neither.
# (10) LM 9 frees what is handed to the one who asked; the files of all others still need the label of LM 4(2).
# (11) DS 16 binds deep synthesis providers, and LM 5(1) asks for metadata of files alone.
# (12) DS 17 speaks of services; one service can make content of which some kinds may mislead and some cannot.
# (13) The same article, told at two times: a planned end is told by the general rule only.
# (14) A profile says of a piece of content by what kind of platform it is spread, so no question changes it.
# (15) Who uses a service is not asked whether it comes from abroad; that this may matter is said beside the result.
# (16) A recommender falls under AR and a generating service since GA 17 at the latest; no text sets a day for what ran before.
