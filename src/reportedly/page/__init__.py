"""How does a person read it? One self-contained HTML file that opens offline from disk.

Rendered by the server side of a page that has no server: every text is escaped, every quotation cut and
every mark placed here, so that the file reads without JavaScript and its scripts need no offsets.
"""

from reportedly.page.render import render_page

__all__ = ["render_page"]
