"""Fixed words of the questionnaire, in both languages, and the keys they go with."""

from __future__ import annotations

from kb.engine.wording.labels import Text
from kb.render.texts import both

ELSEWHERE = "KB411"
"""The file was changed by another program."""
CANNOT_WRITE = "KB408"
"""The answer cannot be written without losing something."""
REFUSED = {
    CANNOT_WRITE: "该回答无法在不损失原有内容的情况下写入，文件保持原样。请用编辑器修改该行后继续。",
    ELSEWHERE: "文件已被其他程序修改，本次回答没有写入。文件已重新读取，请再回答一次。",
}
NOTED = both("– not known; you can come back to it", "– 不清楚；以后可以补充")


def put_off(count: int) -> Text:
    """That so many questions wait for an answer that is not known."""
    en = "1 question hangs on this and comes" if count == 1 else f"{count} questions hang on this and come"
    return both(f"– {en} last", f"– 有{count}题取决于此，留到最后")


def no_choice(last: int) -> Text:
    """That what was typed is none of the numbers to choose from, of which there may be none."""
    if not last:
        return both("Type one of the keys shown, or press Enter.", "请输入所示按键，或者直接回车。")
    return both(f"Write a number from 1 to {last}, or press Enter.", f"请输入1至{last}的编号，或者直接回车。")


CHOOSE = [("1, 2, …", both("choose", "选择")), ("Enter", both("the first", "第一项"))]
TO_CHANGE = ("1, 2, …", both("change that answer", "修改该项回答"))
CHANGE = [("Enter", both("go on", "继续")), TO_CHANGE]
FINISH = [("Enter", both("see the result", "查看结果")), TO_CHANGE, ("l", both("all answers", "全部回答"))]
GO_ON = [("Enter", both("go on", "继续")), ("q", both("see the result now", "直接查看结果"))]
AGAIN = ("u", both("ask what is not known", "补问不清楚的"))
BUT_UNKNOWN = both(
    "Nothing else can change a result, but what is not known still can.",
    "除不清楚的问题外，其余问题均不再影响结论。",
)
NOTHING_LEFT = both("Nothing else can change a result.", "其余问题均不再影响结论。")
