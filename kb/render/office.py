"""Word and spreadsheet files with the same bytes for the same content.

Both are ZIP archives whose writers put the time of writing into every entry and into the
properties of the document; here both are set to one fixed moment.
"""

from __future__ import annotations

import re
import zipfile
from shutil import copyfileobj
from typing import IO

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP entry can name."""
_PROPERTIES = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def copy_timeless(source: IO[bytes], out: IO[bytes]) -> None:
    """Copy an archive with every time in it fixed and its entries in order, a piece at a time."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(out, "w") as copied:
        for name in sorted(archive.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            if name == _PROPERTIES:
                copied.writestr(entry, _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", archive.read(name)))
            else:
                with archive.open(name) as old, copied.open(entry, "w", force_zip64=True) as new:
                    copyfileobj(old, new)
