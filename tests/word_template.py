"""A Word template of an office's own, for notices."""

from docx import Document

from hotich.views.notice import letter_docx


def own_template(office, *lines):
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(str(office.at.data / letter_docx.TEMPLATE))
