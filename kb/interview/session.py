"""Leads a conversation: shows a question, takes what was typed, writes the answer, goes on.

The terminal and the file are given from outside, so that a test can hold this conversation too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, Protocol

from kb.diagnostics import KbError
from kb.engine.answering.answers import UNKNOWN
from kb.engine.wording.labels import Text
from kb.interview import dialogue, reasons, review, screens, wording
from kb.interview.clash import Clash, Given
from kb.interview.crossing import crossings
from kb.interview.dialogue import Talk
from kb.interview.hear import QUIT, Heard, hear, worth_mending
from kb.interview.keys import key_line, keys
from kb.interview.profile_file import ProfileFile
from kb.interview.progress import Progress
from kb.interview.unclear import Unclear, plain
from kb.render.terminal.blocks import Pen
from kb.render.texts import both, joined

Glossary = Mapping[str, Mapping[str, Any]]
End = Literal["finished", "left"]
_WORTH_A_STOP = 6  # questions left on what was done; fewer are asked without a word


class Terminal(Protocol):
    """Where a person reads and types."""

    pen: Pen

    def show(self, lines: Iterable[str]) -> None:
        """Print lines."""

    def ask(self, keys: Text, suggestions: Sequence[str] = (), draft: str = "", hint: str = "") -> str:
        """What is typed. Raises KeyboardInterrupt and EOFError; both leave the last answer saved."""


class Session:
    """One sitting over one profile."""

    def __init__(
        self, talk: Talk, file: ProfileFile, terminal: Terminal, glossary: Callable[[], Glossary]
    ) -> None:
        self.talk = talk
        self.file = file
        self.terminal = terminal
        self.glossary = glossary
        self._told = False

    @property
    def pen(self) -> Pen:
        """The terminal's pen, whose paper changes with the size of the window."""
        return self.terminal.pen

    def run(self) -> End:
        """Ask until nothing is left or the person leaves. Raises KbError where the file became unusable."""
        while True:
            done = self._check() if self.talk.question is None else self._question()
            if done:
                return done

    def _question(self) -> End | None:
        talk = self.talk
        progress = talk.planner.progress(talk.situation, talk.scope)
        if self._leaves_it_there(progress):
            return "finished"
        self._show("", *screens.header(talk, len(talk.trail) + 1, progress, self.pen), "")
        self._show(*screens.question(talk, self.pen), "")
        draft = ""
        while self.talk is talk:
            lang = self.pen.langs[0]
            offered, hint = screens.suggestions(talk, lang), screens.hint(talk, lang)
            words = self.terminal.ask(keys(talk), offered, draft, hint)
            draft = ""
            try:
                heard = hear(talk, words)
            except Unclear as unclear:
                self._show(*self.pen.text(unclear.text, style="yellow"))
                draft = words if worth_mending(talk, words) else ""
                continue
            if heard.deed == "quit":
                return "left"
            if heard.deed in ("why", "help"):
                self._explain(heard)
                self.talk = replace(talk)  # shown again: the explanation may have pushed it off the screen
            else:
                self._do(heard)
        return None

    def _leaves_it_there(self, progress: Progress) -> bool:
        """Whether the person, told once that only what was done is left to ask, wants the result now."""
        if self._told or progress.applying or progress.most < _WORTH_A_STOP:
            return False
        self._told = True
        self._show("", *self.pen.text(screens.applies_known(self.talk, progress), style="bold"))
        return self._choice(wording.GO_ON, 0) == "q"

    def _explain(self, heard: Heard) -> None:
        talk = self.talk
        if heard.deed == "why":
            self._show(*reasons.why(talk, self.pen))
        elif talk.question is not None and talk.question.kind == "fact":
            self._show(*reasons.terms(talk, self.glossary(), self.pen))

    def _do(self, heard: Heard) -> None:
        deeds: Mapping[str, Callable[[], None]] = {
            "answer": lambda: self._answer(heard.said),
            "dont-know": self._dont_know,
            "item": lambda: self._name(heard.said),
            "no-more": lambda: self._take(dialogue.no_more(self.talk)),
            "keep": lambda: self._take(dialogue.keep(self.talk)),
            "back": self._back,
            "review": self._review,
            "skip-topic": lambda: self._take(dialogue.skip_topic(self.talk)),
        }
        try:
            deeds[heard.deed]()
        except KbError as error:
            self._refused(error)

    def _refused(self, error: KbError) -> None:
        """Say why an answer was not written, and go on where that is possible."""
        codes = {each.code for each in error.diagnostics}
        if not codes <= {wording.ELSEWHERE, wording.CANNOT_WRITE}:
            raise error
        for each in error.diagnostics:
            said = both(
                f"Line {each.place.line}: {each.message}. {each.hint}",
                f"第{each.place.line}行：{wording.REFUSED[each.code]}",
            )
            self._show(*self.pen.text(said, style="yellow"))
        if wording.ELSEWHERE in codes:
            text = self.file.reload()
            if not self.file.exists:
                raise error
            self.talk = dialogue.resumed(self.talk, text)

    def _answer(self, said: Any) -> None:
        question = self.talk.question
        found = dialogue.answer(self.talk, said)
        if isinstance(found, Clash):
            self._settle(found)
            return
        along = [each.question for each in self.talk.waiting]
        self._take(found)
        for each in along:
            self._show(*self.pen.text(joined([both("✓", "✓"), screens.answer_line(found, each)], " ", " ")))
        if question is not None:
            self._show(*screens.understood(self.talk, question, self.pen))
            for line in crossings(self.talk, question):
                self._show(*self.pen.text(line, 2, "dim"))

    def _dont_know(self) -> None:
        if self.talk.waiting:  # the answer kept back no longer contradicts what is not known
            self._answer(UNKNOWN)
            return
        passed = self.talk.question
        self._take(dialogue.dont_know(self.talk), wording.NOTED)
        talk = self.talk
        if passed and (last := talk.planner.put_off(talk.situation, talk.scope, passed)):
            self._show(*self.pen.text(wording.put_off(len(last)), style="dim"))

    def _settle(self, clash: Clash) -> None:
        """A contradiction: the answer is dropped, or an earlier one is changed together with it."""
        self._show(*screens.clash(self.talk, clash, self.pen), "")
        chosen = self._choice(wording.CHOOSE, len(clash.others) + 1) or 1
        if isinstance(chosen, int) and chosen > 1:
            self.talk = dialogue.change(self.talk, clash.others[chosen - 2], clash.given)
        else:
            first: Given = clash.given[-1]
            self.talk = dialogue.change(self.talk, first.question)

    def _name(self, name: str) -> None:
        self._take(dialogue.name_item(self.talk, name))
        self._show(*self.pen.text(both(f"✓ {name}", f"✓ {name}"), style="green"))

    def _back(self) -> None:
        before = dialogue.back(self.talk)
        if before is self.talk:
            words = both(
                "This is the first question. l lists all answers.", "这是第一题。输入l可查看全部回答。"
            )
            self._show(*self.pen.text(words, style="yellow"))
        self.talk = before

    def _review(self) -> None:
        """All answers so far; one of them may be changed."""
        self._show(*review.review(self.talk, self.pen), "")
        found = review.answers(self.talk)
        chosen = self._choice(wording.CHANGE, len(found))
        if isinstance(chosen, int):
            self.talk = dialogue.change(self.talk, found[chosen - 1])
        else:
            self.talk = replace(self.talk)  # the question is shown again

    def _check(self) -> End | None:
        """The last screen: what was answered now, and a way to every other answer."""
        talk, found = self.talk, review.answers(self.talk)
        if talk.trail:
            self._show(*review.review(talk, self.pen, frozenset(talk.trail)))
        self._show(
            "",
            *self.pen.text(wording.BUT_UNKNOWN if talk.scope.skipped else wording.NOTHING_LEFT, style="bold"),
        )
        chosen = self._choice([*wording.FINISH, *([wording.AGAIN] if talk.scope.skipped else [])], len(found))
        if chosen == "l":
            self._review()
        elif chosen == "u":
            scope = talk.scope._replace(skipped=frozenset())
            self.talk = dialogue.begin(talk.planner, talk.situation, talk.text, scope)
        elif isinstance(chosen, int):
            self.talk = dialogue.change(talk, found[chosen - 1])
        return None if chosen else "finished"

    def _choice(self, offered: Sequence[tuple[str, Text]], last: int) -> int | str:
        """A number from 1 to `last`, one of the letters, or "" for Enter alone; raises EOFError to leave."""
        while True:
            text = plain(self.terminal.ask(key_line(offered)))
            if not text or any(text == key for key, _ in offered):
                return text
            if text in QUIT:
                raise EOFError
            if text.isdigit() and len(text) < 6 and 1 <= int(text) <= last:
                return int(text)
            self._show(*self.pen.text(wording.no_choice(last)))

    def _take(self, after: Talk, note: Text | None = None) -> None:
        """Write the profile if the text has changed, and only then go on from there."""
        if after.text != self.talk.text or not self.file.exists:
            self.file.write(after.text)
        self.talk = after
        if note:
            self._show(*self.pen.text(note, style="dim"))

    def _show(self, *lines: str) -> None:
        self.terminal.show(lines)
