"""Pages above the languages, complete in themselves: the door of the site, and what is not there."""

from __future__ import annotations

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;"
    "background:Canvas;color:CanvasText;margin:12vh auto;max-width:34rem;padding:0 1rem}"
    "a{color:LinkText}h1{font-size:1.4rem}"
)


def _page(title: str, en: str, zh: str, home: str, twins: str = "") -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">{twins}
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{en} <a href="{home}en/" hreflang="en">English</a></p>
<p lang="zh">{zh} <a href="{home}zh/" hreflang="zh">中文</a></p>
</main>
</body>
</html>
"""


TOP = {
    "index.html": _page(
        "hegui · 合规",
        "PRC compliance rules, exact and cited.",
        "中国合规规则，精确而有据。",
        "",
        "".join(
            f'\n<link rel="alternate" hreflang="{lang}" href="{to}">'
            for lang, to in (("en", "en/"), ("zh", "zh/"), ("x-default", "./"))
        ),
    ),
    "404.html": _page(
        "Not here · 此处无此页",
        "There is no page at this address. Objects keep their names; search finds the rest:",
        "此地址没有页面。可从首页检索：",
        "/",
    ),
}
"""By file name. A page that is not there is shown at any depth, so it links from the top of the host."""
