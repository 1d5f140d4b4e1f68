"""The one module that prompts: a line editor on a real terminal, with what can be typed shown above it.

The arrow keys leaf through the suggested answers; Enter alone never chooses one. Ctrl-C raises
KeyboardInterrupt and Ctrl-D EOFError: whoever leads the conversation has saved every answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth

from kb.engine.wording.labels import Text
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import paper_for

_STYLE = questionary.Style(
    [("qmark", "fg:default dim"), ("question", ""), ("answer", ""), ("placeholder", "fg:default dim")]
)
_BARE = questionary.Style([("qmark", "fg:default"), ("question", ""), ("answer", "")])


class Prompts:
    """A terminal in the languages given; whoever makes one has seen that there is a terminal."""

    def __init__(self, langs: Sequence[str]) -> None:
        self.pen = Pen(langs, paper_for(sys.stdout))

    def show(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            print(line.rstrip(), flush=True)

    def ask(self, keys: Text, suggestions: Sequence[str] = (), draft: str = "", hint: str = "") -> str:
        """What is typed on one line; `hint` shows until then. Raises KeyboardInterrupt and EOFError."""
        self.pen = Pen(self.pen.langs, paper_for(sys.stdout))  # the window may have changed its size
        question = questionary.text(
            "",
            default=draft,
            qmark="\n".join([*self.pen.text(keys), ">"]),
            style=_STYLE if self.pen.paper.colour else _BARE,
            # Without styles a hint would look like something typed.
            placeholder=[("class:placeholder", hint)] if hint and self.pen.paper.colour else None,
            key_bindings=_leafing(suggestions),
            erase_when_done=True,  # what was understood is said back; the keys need not stay
            color_depth=None if self.pen.paper.colour else ColorDepth.DEPTH_1_BIT,
        )
        return str(question.unsafe_ask())


def _leafing(suggestions: Sequence[str]) -> KeyBindings:
    """Arrow keys that put the next or the previous suggestion on the line."""
    bindings = KeyBindings()

    def turn(event: KeyPressEvent, step: int) -> None:
        buffer: Any = event.current_buffer
        if not suggestions:
            return
        at = list(suggestions).index(buffer.text) if buffer.text in suggestions else (-1 if step > 0 else 0)
        buffer.text = suggestions[(at + step) % len(suggestions)]
        buffer.cursor_position = len(buffer.text)

    bindings.add("down")(lambda event: turn(event, 1))
    bindings.add("up")(lambda event: turn(event, -1))
    return bindings
