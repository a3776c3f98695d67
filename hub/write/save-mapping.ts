import { refusalOf } from "../../core/api/command-message.ts";
import { SaveMapping } from "../../core/api/tables.ts";
import { putSource } from "../store/sources.ts";
import {
	addMapping,
	registeredSource,
	standingMapping,
} from "../store/tables.ts";
import { performer, Refused } from "./perform.ts";

/** No figure changes by it: it says how the next table of the source is read, and the one that is taken in again. */
export const savingMapping = performer(
	SaveMapping,
	async (
		client,
		{ source: key, register, mapping, reason },
		{ person, now },
	) => {
		const known = await registeredSource(client, key);
		if (!known) {
			if (!register)
				throw new Refused(refusalOf("unknown-source", { source: key }));
			await putSource(client, {
				...{ key, idName: register.names.id, enName: register.names.en },
				idOrder: `Urutan ke-${register.rank}, ditetapkan bersama pemetaan tabelnya`,
				enOrder: `Place ${register.rank}, stated with the mapping of its tables`,
				...{ rank: register.rank, cadence: register.cadence },
			});
		} else if (
			register &&
			// Whoever names a source anew must not speak in the name of another one.
			(register.names.id !== known.idName || register.rank !== known.rank)
		)
			throw new Refused(refusalOf("source-exists", { source: known.idName }));
		const before = await standingMapping(client, key);
		const version = await addMapping(client, {
			...{ source: key, at: now, person: person.name, reason, mapping },
		});
		const columns = (one: typeof mapping) =>
			one?.columns.map(({ name }) => name) ?? [];
		return {
			subject: `mapping:${key}`,
			areas: [],
			before: {
				source: key,
				version: before?.version ?? 0,
				columns: columns(before?.mapping ?? null),
			},
			after: { source: key, version, columns: columns(mapping) },
			inverse: {
				name: SaveMapping.name,
				request: {
					...{ source: key, register: null, reason: "taken back" },
					mapping: before?.mapping ?? null,
				},
			},
		};
	},
);
