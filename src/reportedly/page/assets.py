"""Own style sheets, scripts and templates, and the libraries that the build put beside them."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reportedly._errors import EnvironmentProblem

STYLES = ("tokens.css", "layout.css", "forms.css", "claims.css", "report.css", "map.css", "print.css")
SCRIPTS = ("theme.js", "claims.js", "filters.js", "timeline.js", "map.js")


@cache
def templates() -> Environment:
    """Return the template environment: everything is escaped, an undefined name is an error."""
    return Environment(
        loader=PackageLoader("reportedly.page"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def own_styles() -> str:
    """Return our style sheets in the order in which they build on each other."""
    folder = files("reportedly.page") / "css"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)


@cache
def own_scripts() -> str:
    """Return our scripts in the order in which they build on each other."""
    folder = files("reportedly.page") / "js"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def built(name: str) -> str:
    """Return a text made by ``build_tools/web.py``; raise EnvironmentProblem when it is not there."""
    source: Traversable = files("reportedly") / "_built" / "web" / name
    try:
        return source.read_text(encoding="utf-8")
    except OSError as problem:
        raise EnvironmentProblem(
            f"the page's browser libraries are missing ({name}): reinstall Reportedly, "
            "or in a checkout run: python -m build_tools"
        ) from problem


def policy_hash(text: str) -> str:
    """Return the content security policy source for an inline script or style of exactly this text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def embed_json(value: object) -> str:
    """Return JSON that is safe inside a script element: no markup character, no line separator survives.

    >>> embed_json(["</script>", "<!--"])
    '["\\\\u003c/script\\\\u003e","\\\\u003c!--"]'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
