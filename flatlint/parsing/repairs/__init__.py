"""One file per kind of syntax that libcst refuses: text in, text of the same length out.

Every repair keeps each line end where it is, so that no row and no column ever moves.
"""
