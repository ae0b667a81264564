"""Converts an MCP tool list as google-genai does before it calls a model. Usage: python_genai.py FILE; prints the names."""

import json
import sys

from google.genai import _mcp_utils
from mcp.types import ListToolsResult

with open(sys.argv[1]) as file:
    listed = ListToolsResult.model_validate(json.load(file))
converted = [_mcp_utils.mcp_to_gemini_tool(tool) for tool in listed.tools]
print(json.dumps([tool.function_declarations[0].name for tool in converted]))
