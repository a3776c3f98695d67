import { addressOf } from "../../navigation/address.ts";
import { searchText, useSearch } from "../../state/search.ts";
import { useViewStore } from "../../state/view-state.ts";
import { wallSearch } from "./search.ts";

/** The address of a wall that shows something, in the room that is stated at the desk. */
export function useWallAddress(): (show: string) => string {
	const [search] = useSearch(wallSearch);
	const view = useViewStore();
	return (show) =>
		addressOf({
			...view.getState(),
			own: searchText(wallSearch, { ...search, show }),
			wall: true,
			day: null,
		});
}
