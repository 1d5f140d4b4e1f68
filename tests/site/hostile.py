"""A rule set whose every text would break out of its page if it could, made from the invented tea law."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

LIBRARY = Path(__file__).parents[1] / "fixtures" / "library"
HOSTILE = (
    "</title></p></dd></td><script>alert(1)</script><img src=x onerror=alert(1)> <style>*{display:none}</style>"
    " [a](javascript:alert(1)) ![i](x) <javascript:alert(1)> [r][q] [^1] `x` *b* _i_ ~~s~~ | {: #stolen onclick=alert(1) }"
    " {{ config }} {% raw %} &lt;b&gt; &#60;script&#62; <!-- --8<-- \"x\" 'x' \\ ]]> --> $x$ :smile: ==m== [TOC]"
)
BROKEN = "\n\n    <script>alert(2)</script>\n\n# top {#stolen}\n\n[r]: javascript:alert(3)\n[^1]: note"
"""The same over several lines, where a text may have them."""
URL = "https://tea.example/'\"><script>alert(1)</script>)(`x`|{#u}"
SAID = {"number", "edition", "by", "word"}
"""Fields of free words besides those that are said in both languages."""
MORE = """
- kind: register
  id: gardens
  title: {en: Gardens, zh: 茶园}
  note: {en: Old ones, zh: 老茶园}
  entries:
    - id: upper
      region: {en: Upper, zh: 上}
      edition: first
      sectors: {en: Mist, zh: 云雾}
      checked_against: secondary
      source_note: {en: A note, zh: 说明}
- kind: instrument
  id: tea-draft
  rank: draft
  state: draft
  title: {en: Draft Tea Act, zh: 茶条例草案}
  short: {en: Draft, zh: 草案}
  issued_by: [tea-council]
  number: 茶令第2号
  published_on: 2024-02-01
  source: {url: "https://tea.example/draft", language: zh, note: {en: Kept, zh: 保存}}
  topics: [tea]
  coverage: cited-only
  coverage_note: {en: In part, zh: 部分}
  review: {status: reviewed, checked_on: 2024-06-01, checked_against: official-text, by: testers, recheck_by: 2099-06-01}
  provisions: []
"""
NOTICE = """
kind: calendar
id: calendar-2024
year: 2024
notice:
  number: 茶发1号
  title: {en: Holidays, zh: 放假}
  published_on: 2023-10-25
  url: "https://tea.example/holidays"
rest_days: [2024-02-12]
make_up_days: [2024-02-04]
review: {status: reviewed, checked_on: 2024-06-01, checked_against: official-text, by: testers, recheck_by: 2099-06-01}
"""


def hostile_library(folder: Path) -> Path:
    """A copy of the invented library with hostile words in every field that takes words, and hostile texts."""
    shutil.copytree(LIBRARY, folder)
    (folder / "rules" / "more.yaml").write_text(MORE, encoding="utf-8")
    (folder / "rules" / "notice.yaml").write_text(NOTICE, encoding="utf-8")
    for path in [*folder.rglob("*.yaml")]:
        made = _hostile(yaml.safe_load(path.read_text(encoding="utf-8")), "")
        path.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), encoding="utf-8")
    rest = folder / "rules" / "tea" / "rest.yaml"
    rest.rename(rest.with_name("'&[a](b){#c}-`$(x).yaml"))
    for path in (folder / "statutes").glob("*.md"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(_line(line) for line in lines) + "\n", encoding="utf-8")
    return folder


def _hostile(node: Any, key: str) -> Any:
    match node:
        case {"en": str(), "zh": str()}:
            return {lang: f"{said} {HOSTILE}{BROKEN}" for lang, said in node.items()}
        case Mapping():
            return {key: _hostile(each, key) for key, each in node.items()}
        case list():
            return [_hostile(each, key) for each in node]
        case str() if key == "url":
            return URL
        case str() if key in SAID:
            return f"{node} {HOSTILE}"
        case _:
            return node


def _line(line: str) -> str:
    return f"{line} {HOSTILE}" if line and not line.startswith("## ") else line
