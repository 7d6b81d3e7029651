"""What WeasyPrint computes for every element with an id, as lines of tab-separated values.

    python weasyprint.py UA.css PAGE.html...

UA.css stands in for WeasyPrint's own user-agent sheet; "-" keeps that. A line is: the page's number, the id, and
weight, slant, size, colour, background, own lines, box, visibility, transform, spacing, small capitals.
"""

import logging
import sys

# This file has the library's name: it must not be found in its place.
sys.path.pop(0)

import weasyprint
from weasyprint.css import get_all_computed_styles

PROPERTIES = 11


def colour(value, current=None):
    if value == "currentcolor":
        value = current
    red, green, blue = (round(part * 255) for part in value.to("srgb").coordinates)
    return f"{red},{green},{blue},{round(value.alpha * 255)}"


def lines(value):
    if value in (None, "none") or not value:
        return "none"
    return "+".join(sorted(line for line in value if line != "blink")) or "none"


def number(value):
    return f"{0 if value == 'normal' else getattr(value, 'value', value):.2f}"


def box(value):
    return " ".join(value) if isinstance(value, tuple) else str(value)


def row(style):
    values = [
        str(style["font_weight"]),
        style["font_style"],
        number(style["font_size"]),
        colour(style["color"]),
        colour(style["background_color"], style["color"]),
        lines(style["text_decoration_line"]),
        box(style["display"]),
        style["visibility"],
        style["text_transform"],
        number(style["letter_spacing"]),
        style["font_variant_caps"],
    ]
    assert len(values) == PROPERTIES
    return values


def main(sheet, *pages):
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    for place, page in enumerate(pages):
        html = weasyprint.HTML(filename=page, media_type="screen")
        if sheet != "-":
            css = weasyprint.CSS(filename=sheet, media_type="screen")
            html._ua_stylesheets = lambda forms=False, css=css: [css]
        style_for = get_all_computed_styles(html, presentational_hints=True, layers=[])
        for element in html.wrapper_element.iter_subtree():
            name = element.etree_element.get("id")
            style = style_for(element.etree_element)
            if name and style is not None:
                print(place, name, *row(style), sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
