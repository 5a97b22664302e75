"""PDFs read back: what they say, in which type, under which title."""

from io import BytesIO

import pypdfium2
from pypdf import PdfReader
from pypdfium2 import raw


def pages(content):
    """The text of each page without spaces."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def only_page(content):
    """The text of the one page."""
    [text] = pages(content)
    return text


def title(content):
    return PdfReader(BytesIO(content)).metadata.title


def language(content):
    return PdfReader(BytesIO(content)).trailer["/Root"]["/Lang"]


def size(content):
    """Width and height of the first page in points."""
    box = PdfReader(BytesIO(content)).pages[0].mediabox
    return round(float(box.width)), round(float(box.height))


def fonts_not_embedded(content):
    """The names of fonts that the file does not carry with it."""
    fonts = [font.get_object() for page in PdfReader(BytesIO(content)).pages for font in page["/Resources"]["/Font"].values()]
    described = [(font, font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()) for font in fonts]
    assert described, "a paper has type"
    return [font["/BaseFont"] for font, described_as in described if not any(name.startswith("/FontFile") for name in described_as)]


def smallest_type(content):
    """The smallest type of the first page, in points."""
    matrix, document = raw.FS_MATRIX(), pypdfium2.PdfDocument(content)
    text = document[0].get_textpage()
    sizes = []
    for place in range(text.count_chars()):
        raw.FPDFText_GetMatrix(text, place, matrix)
        if not raw.FPDFText_IsGenerated(text, place):
            sizes.append(raw.FPDFText_GetFontSize(text, place) * matrix.d)
    text.close()
    document.close()
    return round(min(sizes), 1)


def sides(content):
    """The least distance of type to the left, bottom, right and top edge of the first page, in points."""
    document = pypdfium2.PdfDocument(content)
    text, (width, height) = document[0].get_textpage(), document[0].get_size()
    boxes = [text.get_charbox(place) for place in range(text.count_chars()) if not raw.FPDFText_IsGenerated(text, place)]
    text.close()
    document.close()
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return round(min(lefts)), round(min(bottoms)), round(width - max(rights)), round(height - max(tops))
