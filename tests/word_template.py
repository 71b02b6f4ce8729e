"""A Word template of an office's own, for notices and other papers."""

from docx import Document

from hotich.views.notice import letter_docx


def own_template(office, *lines, name=letter_docx.TEMPLATE):
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(str(office.at.data / name))
