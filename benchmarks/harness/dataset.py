"""The fixed data that nginx serves: posts and users, with lists plain and in an envelope; the same in every run."""

import json
import random

POSTS = 100
USERS = 10
USER_PATHS = [f"/users/{number}" for number in range(1, USERS + 1)]

WORDS = """harbour lantern meadow copper window ribbon thunder pebble garden ladder winter marble silent feather
bridge candle orchard whistle velvet compass barley anchor saddle mirror pepper tunnel willow basket signal
canvas""".split()
GIVEN_NAMES = "Ada Bruno Clara Dario Edith Farid Greta Henri Ines Jonas".split()
FAMILY_NAMES = "Abel Brandt Costa Dvorak Eriksen Fabre Grimm Horvat Ito Jansen".split()


def users():
    """The users by number, from 1."""
    return [
        {
            "id": number,
            "name": f"{given} {family}",
            "username": given.lower(),
            "email": f"{given}.{family}@example.com".lower(),
            "phone": f"+44 20 7946 0{number:03}",
            "website": f"{given}-{family}.example.com".lower(),
            "address": {"street": f"{number} {WORDS[number].title()} Street", "zipcode": f"{number:05}"},
            "friendId": number % len(GIVEN_NAMES) + 1,
            "company": {"name": f"{family} & Co", "slogan": " ".join(WORDS[number : number + 4])},
        }
        for number, (given, family) in enumerate(zip(GIVEN_NAMES, FAMILY_NAMES), start=1)
    ]


def posts(count=POSTS):
    """So many posts by number, from 1; as many for each user."""
    pick = random.Random(1)

    def sentence(words):
        return " ".join(pick.choices(WORDS, k=words))

    return [
        {
            "userId": (number - 1) * USERS // count + 1,
            "id": number,
            "title": sentence(6),
            "body": "\n".join(sentence(7) for _ in range(4)),
        }
        for number in range(1, count + 1)
    ]


def expected_response():
    """The data of `{ posts { id userId title user { id name email } } }`."""
    authors = {user["id"]: {"id": str(user["id"]), "name": user["name"], "email": user["email"]} for user in users()}
    return {
        "data": {
            "posts": [
                {
                    "id": str(post["id"]),
                    "userId": str(post["userId"]),
                    "title": post["title"],
                    "user": authors[post["userId"]],
                }
                for post in posts()
            ]
        }
    }


def write_rows(folder, count):
    """Writes a list of so many posts, and the users, below a folder of their own; returns its path."""
    own = folder / "rows" / str(count)
    (own / "users").mkdir(parents=True)
    (own / "posts").write_text(json.dumps(posts(count)))
    for user in users():
        (own / "users" / str(user["id"])).write_text(json.dumps(user))
    return f"/rows/{count}"


def write_files(folder):
    """Writes one file for each path: `/posts` and `/users/N`, and the same below `/envelope` in an envelope."""
    for prefix, wrap in (folder, lambda rows: rows), (folder / "envelope", in_envelope):
        (prefix / "users").mkdir(parents=True)
        (prefix / "posts").write_text(json.dumps(wrap(posts()), indent=2))
        for user in users():
            (prefix / "users" / str(user["id"])).write_text(json.dumps(user, indent=2))


def in_envelope(rows):
    """A list in an envelope, with the total and an error beside the rows."""
    return {"data": rows, "count": len(rows), "error": None}
