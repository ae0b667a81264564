"""Plain text tables."""


def table(header, rows):
    """Rows under a header; the first column to the left, the others to the right."""
    cells = [header, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = []
    for row in cells:
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(zip(row, widths))
        )
        lines.append("  ".join([first, *others]).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def share(value):
    """A share with two decimals, or two digits if it is small."""
    return f"{value:.2f}" if value >= 0.095 else f"{value:.2g}"


def amount(value):
    """A number with one decimal, or with none if it is great."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def goal(name, value, least):
    """A ratio beside the least that is aimed at."""
    return f"{name} = {value:.3f}  (goal: at least {least}; {'met' if value >= least else 'MISSED'})"
