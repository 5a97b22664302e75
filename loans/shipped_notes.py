"""The notes on the rows that the product ships with, so that they can be said in the reader's language; what administrators note stays as they wrote it."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

NOTES = (
    _("the text says 'about 20,000' (一般掌握在两万元左右)"),
    _("scaled by headcount, no figure in the text: no cap is enforced, a warning asks for the local decision"),
    _("implied by the office's practice; document number to be filled in"),
    _("month of the document and cap from memory; the split is of the benchmark interest"),
    _("implied by the office's loan of 2006; document number to be filled in"),
    _("day from memory; graduates: West and grass roots only"),
    _("the rate part applies from 1 January 2008; from here all groups alike"),
    _("day from memory"),
    _("day from memory (announced 2008-08-18)"),
    _("title not known; the lower share applies from exactly 100 staff in this text"),
    _("obtain the paper; changes nothing here"),
    _("caps by group from memory"),
    _("press date used as start"),
    _("press date"),
    _("graduates within two years; press date"),
    _("month not seen"),
    _("step by region: east 1.00, central and west 2.00, poor areas 3.00 (there all three years at 100 %); the office's region: central"),
    _("Jilin's measure: obtain the paper"),
    _("reference becomes the new LPR of 2019-08-20"),
    _("cap confirmed; rate step from memory: east 0.50, central and west 1.50, poor areas 2.50"),
    _("110 % of the sum of the individual caps"),
    _("second part of the document, by contract date"),
    _("issue date; may take effect on 2023-10-01; leverage from memory"),
    _("obtain the paper"),
    _("about 2011 to 2015 from memory"),
    _("at most three times"),
    _("borrowers of good record may be supported again and at most three times; day from memory"),
    _("by 工信部联企业〔2011〕300号"),
    _("from 2015 from memory"),
    _("from memory"),
    _("graduation paper seen in lists of materials"),
    _("implied by the old ledger: 27 persons borrowed twice after the first loan was repaid; document number to be filled in"),
    _("release paper seen in lists of materials"),
    _("small sums need none; amount from memory"),
    _("the card is named in the text; until about 2010 from memory"),
    _("the card's name before the second generation"),
    _("the community's recognition"),
    _("the labour office's recognition"),
    _("the limit is local; number from memory"),
    _("the provincial list is not known; document number to be filled in"),
    _("the text asks for a registration certificate; until about 2010 from memory"),
    _("the text asks for valid papers"),
    _("to the end of 2020"),
    _("until about 2010 from memory"),
    _("1 % is the most that the text allows; the rate that finance agreed on is to be entered as a local row"),
    _("seen in a local text of no known year; month of the document from memory; who bears it is not said"),
    _("a share of the year's new loans, central and provincial half each; the share itself was not in the text at hand"),
    _("day and 1 % from memory; halves as in 财金〔2008〕100号"),
    _("1 % was seen; the day is not certain and who bears it is not said"),
    _("who passed the class and the review of the plan needs none; seen in local rules that follow 银发〔2006〕5号"),
)


def note_words(note):
    """A row's note in the reader's language, where it is one of ours."""
    return _gettext(note) if note else ""
