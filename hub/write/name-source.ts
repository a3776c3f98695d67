import { refusalOf } from "../../core/api/command-message.ts";
import { NameSource } from "../../core/api/decisions.ts";
import { nameSource } from "../store/sources.ts";
import { performer, Refused } from "./perform.ts";

/** No figure changes by a name: a source keeps its key, its place in the order and all it said. */
export const naming = performer(
	NameSource,
	async (client, { source, names }) => {
		const change = await nameSource(client, source, names);
		if (!change) throw new Refused(refusalOf("unknown-source", { source }));
		const { before, after } = change;
		return {
			subject: `source:${source}`,
			areas: [],
			before: before.inUse,
			after: after.inUse,
			inverse: {
				name: NameSource.name,
				request: { source, names: before.own, reason: "taken back" },
			},
		};
	},
);
