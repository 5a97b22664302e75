"""What our own files say, read back by other programs."""

import io
import re
from decimal import Decimal
from html.parser import HTMLParser

import openpyxl
import pypdfium2
from pypdf import PdfReader

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
NOT_FIGURES = re.compile(r"〔\d+〕\d+号|—\s*\d+\s*—|表\s*\d+|\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*日|\d+-\d+-\d+|180天")


def texts(content):
    """The text of every page of a PDF."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def pages(content):
    """The text of every page of a PDF, without blanks and breaks."""
    return ["".join(text.split()) for text in texts(content)]


def fonts(content):
    """{font of a PDF: is it embedded?}."""
    found = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            found[font["/BaseFont"]] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"]))
    return found


def numbers(text):
    """The figures that a text speaks of: no dates, no page and table numbers."""
    return {Decimal(found.replace(",", "")) for found in NUMBER.findall(NOT_FIGURES.sub(" ", text))}


def sheets(content):
    """{sheet: its rows of values} of an Excel file."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


class Cells(HTMLParser):
    """The tables of a page as lists of rows of texts."""

    def __init__(self, html):
        super().__init__()
        self.tables = []
        self.text = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.text = ""

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(self.text.strip())
            self.text = None
