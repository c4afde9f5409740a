"""The AppStream description, which software centres show; its release notes are CHANGELOG.md's."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from project import AUTHOR, DESCRIPTION, HOMEPAGE, NAME, SUMMARY, TITLE, Release, releases

APPLICATION_ID = "ca.beatpass.desktop"

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{id}</id>
  <metadata_license>MIT</metadata_license>
  <project_license>MIT</project_license>
  <name>{title}</name>
  <summary>{summary}</summary>
  <developer id="ca.beatpass.desktop">
    <name>{author}</name>
  </developer>
  <description>
{description}
  </description>
  <launchable type="desktop-id">{name}.desktop</launchable>
  <icon type="stock">{name}</icon>
  <url type="homepage">{homepage}</url>
  <categories>
    <category>AudioVideo</category>
    <category>Audio</category>
  </categories>
  <provides>
    <binary>{name}</binary>
    <mediatype>x-scheme-handler/beatpass</mediatype>
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
"""
_TAIL = """\
  </releases>
</component>
"""


def metainfo() -> str:
    """The XML file."""
    head = _HEAD.format(
        id=APPLICATION_ID,
        title=TITLE,
        summary=SUMMARY,
        author=AUTHOR,
        name=NAME,
        homepage=HOMEPAGE,
        description="\n".join(f"    <p>{escape(words)}</p>" for words in DESCRIPTION),
    )
    return head + "".join(_release(release) for release in releases()) + _TAIL


def _release(release: Release) -> str:
    lines = [f'    <release version="{release.version}" date="{release.date:%Y-%m-%d}">']
    lines.append("      <description>")
    for heading, points in release.sections:
        lines += [f"        <p>{escape(heading)}</p>", "        <ul>"]
        lines += [f"          <li>{_marked_up(point)}</li>" for point in points]
        lines.append("        </ul>")
    lines += ["      </description>", "    </release>"]
    return "\n".join(lines) + "\n"


def _marked_up(markdown: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(markdown))
