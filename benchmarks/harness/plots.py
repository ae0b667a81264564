"""Charts as SVG, written by hand: no library is needed."""

import html
import math

from . import report

WIDTH, HEIGHT = 760, 360
LEFT, RIGHT, TOP, BOTTOM = 86, 190, 36, 50
COLORS = ["#1f6feb", "#d1570a", "#1a7f37", "#8250df", "#57606a"]
# The least distance between two texts, one above the other.
LINE = 14


def lines(title, x_title, y_title, series, is_linear=False):
    """A chart of lines by name, each a list of (x, median, least, greatest).

    The y axis is logarithmic, and the x axis unless it is linear. A line of one color for each name, with its name at the end and the spread of
    the rounds as a bar at each point, on a white ground.
    """
    points = [point for line in series.values() for point in line]
    measured = sorted({x for x, *_ in points})
    scale = (lambda x: x) if is_linear else math.log10
    low_x, high_x = scale(measured[0]), scale(measured[-1])
    low_y, high_y = _around([y for _, *ys in points for y in ys])

    def across(x):
        return LEFT + (scale(x) - low_x) / (high_x - low_x or 1) * (WIDTH - LEFT - RIGHT)

    def up(y):
        return HEIGHT - BOTTOM - (math.log10(y) - math.log10(low_y)) / math.log10(high_y / low_y) * (HEIGHT - TOP - BOTTOM)

    parts = _frame(title, WIDTH, HEIGHT)
    parts += [
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x_title, "middle"),
        f'<text transform="translate(14 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{html.escape(y_title)}</text>',
    ]
    for x in measured:
        parts.append(_grid(across(x), TOP, across(x), HEIGHT - BOTTOM))
        parts.append(_text(across(x), HEIGHT - BOTTOM + 16, f"{x:,}", "middle"))
    for y in _ticks(low_y, high_y):
        parts.append(_grid(LEFT, up(y), WIDTH - RIGHT, up(y)))
        parts.append(_text(LEFT - 6, up(y) + 4, f"{y:,.0f}" if y >= 1 else f"{y:g}", "end"))
    for color, (name, line) in zip(COLORS, series.items()):
        places = [(across(x), up(y)) for x, y, *_ in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in places]
        parts += [
            f'<line x1="{across(x):.1f}" y1="{up(least):.1f}" x2="{across(x):.1f}" y2="{up(most):.1f}" stroke="{color}"/>'
            for x, _, least, most in line
        ]
    ends = {name: (across(line[-1][0]), up(line[-1][1])) for name, line in series.items()}
    for name, y in _apart({name: y for name, (_, y) in ends.items()}).items():
        parts.append(_text(ends[name][0] + 8, y + 4, name, "start", COLORS[list(series).index(name)]))
    return "\n".join([*parts, "</svg>", ""])


def bars(title, names, groups):
    """A chart of horizontal bars with their values: for each group one bar of each name that it has."""
    thickness, gap, top = 15, 16, 60
    left, right = 330, 70
    height = top + sum(len(group) * thickness + gap for group in groups.values())
    most = max(value for group in groups.values() for value in group.values())
    parts = _frame(title, WIDTH, height)
    x = 16
    for color, name in zip(COLORS, names):
        parts.append(f'<rect x="{x}" y="34" width="12" height="12" fill="{color}"/>')
        parts.append(_text(x + 18, 44, name, "start"))
        x += 40 + 8 * len(name)
    y = top
    for group, values in groups.items():
        parts.append(_text(left - 10, y + len(values) * thickness / 2 + 4, group, "end"))
        for name, value in values.items():
            width = value / most * (WIDTH - left - right)
            color = COLORS[names.index(name)]
            parts.append(f'<rect x="{left}" y="{y}" width="{width:.1f}" height="{thickness - 2}" fill="{color}"/>')
            parts.append(_text(left + width + 6, y + thickness - 4, report.share(value), "start"))
            y += thickness
        y += gap
    return "\n".join([*parts, "</svg>", ""])


def _frame(title, width, height):
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f"<title>{html.escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="16" y="20" font-weight="bold" font-size="13">{html.escape(title)}</text>',
    ]


def _text(x, y, text, anchor, color="#24292f"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{html.escape(text)}</text>'


def _grid(x1, y1, x2, y2):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _ticks(low, high):
    """The numbers 1, 2 and 5 of each power of ten between two."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
    few = [tick for tick in ticks if low * 0.999 <= tick <= high * 1.001]
    return few if len(few) <= 10 else [tick for tick in few if math.log10(tick) % 1 < 1e-9]


def _around(values):
    """The nearest of those numbers below and above some values."""
    low, high = min(values), max(values)
    ticks = _ticks(low / 10, high * 10) if high / low < 10 else [10.0**power for power in range(-6, 12)]
    below, above = [tick for tick in ticks if tick <= low], [tick for tick in ticks if tick >= high]
    return below[-1] if below else low / 2, above[0] if above else high * 2


def _apart(heights):
    """Heights for texts that do not overlap, near where they should be."""
    placed, last = {}, -math.inf
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        last = max(height, last + LINE)
        placed[name] = last
    return placed
