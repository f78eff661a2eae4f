"""`/v1/ai/credits`: what the caller has, what of it is held, and how it came to be so."""

from typing import Any

from app.api.blueprints import Blueprint
from app.api.credits import schemas
from app.api.decorators import current_user_id, signed_in
from app.api.pagination import PageArguments, paginate
from app.credits import get_or_open_account
from app.models.credits import list_entries

blueprint = Blueprint("credits", __name__, url_prefix="/v1/ai", description="What answers are paid with.")


@blueprint.get("/credits")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, schemas.CreditsSchema)
def show_credits(query: dict[str, int]) -> dict[str, Any]:
    """Show the caller's credits and a page of the ledger, newest first."""
    account = get_or_open_account(current_user_id())
    entries, meta = paginate(list_entries(current_user_id()), **query)
    data = {"balance": account.balance, "held": account.held, "entries": entries}
    return {"success": True, "data": data, "meta": meta}
