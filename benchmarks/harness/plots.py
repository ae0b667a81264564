"""Line charts as SVG, written by hand: no library is needed."""

import html
import math

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 30, 50
COLORS = ["#1f6feb", "#d1570a", "#1a7f37", "#8250df", "#57606a"]


def chart(title, x_title, y_title, series):
    """A chart of lines by name, each a list of points; both axes are logarithmic.

    A line of one color for each name, with its name at the end, on a white ground.
    """
    points = [point for line in series.values() for point in line]
    x_range = _range([x for x, _ in points])
    y_range = _range([y for _, y in points])

    def place(x, y):
        return (
            LEFT + _share(x, x_range) * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - _share(y, y_range) * (HEIGHT - TOP - BOTTOM),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-weight="bold">{html.escape(title)}</text>',
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{html.escape(x_title)}</text>',
        f'<text transform="translate(14 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{html.escape(y_title)}</text>',
    ]
    for value in _ticks(x_range):
        x, _ = place(value, y_range[0])
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{value:,.0f}</text>')
    for value in _ticks(y_range):
        _, y = place(x_range[0], value)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>')
    for color, (name, line) in zip(COLORS, series.items()):
        places = [place(x, y) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in places]
        parts.append(
            f'<text x="{places[-1][0] + 8:.1f}" y="{places[-1][1] + 4:.1f}" fill="{color}">{html.escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _range(values):
    """The powers of ten around some values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return 10.0**low, 10.0 ** max(high, low + 1)


def _share(value, around):
    low, high = map(math.log10, around)
    return (math.log10(value) - low) / (high - low)


def _ticks(around):
    low, high = (round(math.log10(end)) for end in around)
    return [10.0**power for power in range(low, high + 1)]
