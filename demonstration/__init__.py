"""A demonstration that is alive on the day it is started: three workbooks imported, two rounds played by their people.

Everything goes through the product's own verbs, with the clock passed in; nothing is written past them.
"""
