"""Papers that the office prints: one HTML template, one PDF. WeasyPrint reads only our own stylesheets; nothing is fetched."""

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

STYLE = "css/paper.css"


def pdf(template, context, styles=(STYLE,)):
    """The paper as PDF bytes; its template extends papers/base.html. Papers of another look name their own stylesheets."""
    return _html(template, context).write_pdf(stylesheets=[CSS(finders.find(style)) for style in styles])


def pdf_in_pieces(pieces, *, style, told=lambda done, total: None):
    """A long paper as one PDF, laid out piece by piece: (template, context) each, every piece from a new page.

    `style` is its own stylesheet beside that of all papers; `told(done, total)` hears of every piece, and of the writing as the last.
    """
    fonts = FontConfiguration()
    sheets = [CSS(finders.find(name), font_config=fonts) for name in (STYLE, style)]
    laid = []
    for done, (template, context) in enumerate(pieces):
        told(done, len(pieces) + 1)
        laid.append(_html(template, context).render(stylesheets=sheets, font_config=fonts))
    told(len(pieces), len(pieces) + 1)
    return laid[0].copy([page for document in laid for page in document.pages]).write_pdf()


def _html(template, context):
    html = render_to_string(template, {"OFFICE_NAME": settings.OFFICE_NAME, **context})
    return HTML(string=html, url_fetcher=_nothing_from_outside)


def qr(text):
    """A QR code as inline SVG, black on white; what it says opens on a telephone."""
    return segno.make(text, error="m").svg_inline(scale=3, border=0, omitsize=True)


def shown(content, name):
    """The answer that shows a PDF in the browser, to be saved under this name."""
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": content_disposition_header(False, name)})


def _nothing_from_outside(url, *args, **kwargs):
    raise URLFetchingError(f"papers hold everything themselves: {url}")
