"""Where on a page the text of an instrument begins and ends, and what lines of a page are none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.lint.importing.front import is_day
from kb.lint.importing.page import Block, Page
from kb.store.official.markers import NUMERAL, is_sentence
from kb.store.official.typography import normalise

CHAPTER = re.compile(rf"(第\s*{NUMERAL}\s*[编章节])\s*(\S.*)?")
"""The number of a part, chapter or section, and its words."""
CONTENTS = re.compile(r"目\s*[录次]")
ENACTED = re.compile(r"[（(].*(?:通过|公布|发布|修订|修正|批准|施行).*[）)]")
"""When a law was adopted or published, in brackets below its title."""
FURNITURE = re.compile(
    r"(?:发布时间|发布日期|发文日期|成文日期|来源|作者|字号|字体|浏览|打印|分享|索引号|主题分类|时间)\s*(?:[：:].*|[大中小\s]+)?"
)
_AFTER = re.compile(
    r"附件\s*[0-9一二三四五六七八九十]*\s*[：:]|扫一扫|[【（(\[]+(?:打印|关闭)|责任编辑|编辑\s*[：:]|来源\s*[：:]"
    r"|(?:主办|承办)(?:单位)?\s*[：:]|网站(?:标识码|地图)|返回顶部|Copyright|©|.*(?:ICP备|公网安备)"
)
_AFTER_UNLESS_SENTENCE = re.compile(
    r"打印|关闭|相关(?:阅读|链接|新闻|稿件|文件)|[上下]一[篇条]|分享|版权所有|承办|联系我们"
)
"""Words of pages that a law may begin a line with, too."""
CUT_OFF = "a sentence below the end of the text"
"""Why a line is left out that may be law after all."""


def start_of(page: Page, blocks: Sequence[Block], first: int) -> int:
    """Where the title stands: as the page names it, or directly above what leads to the first provision."""
    named = {normalise(title) for title in page.titles}
    found = [at for at in range(first) if normalise(blocks[at].text) in named]
    if found:
        return found[-1]
    at = first - 1
    while at >= 0 and _leads_in(blocks[at].text):
        at -= 1
    return at


def _leads_in(text: str) -> bool:
    patterns = (CHAPTER, CONTENTS, ENACTED, FURNITURE)
    return is_day(text) or any(pattern.fullmatch(text) for pattern in patterns)


def end_of(blocks: Sequence[Block], last: int) -> int:
    """Where the text has ended: at what pages put below it, or at a signature with its day."""
    end = next((at for at in range(last + 1, len(blocks)) if _is_after(blocks[at].text)), len(blocks))
    if end - 1 > last and is_day(blocks[end - 1].text):
        end -= 1
        while end - 1 > last and not is_sentence(blocks[end - 1].text):
            end -= 1
    return end


def _is_after(text: str) -> bool:
    return bool(_AFTER.match(text) or (_AFTER_UNLESS_SENTENCE.match(text) and not is_sentence(text)))


def why_below(text: str) -> str:
    """Why a line below the end is left out; law that was cut off would be sentences."""
    return CUT_OFF if is_sentence(text) and not _AFTER.match(text) else "after the text"
