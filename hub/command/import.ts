import { type Command, InvalidArgumentError, Option } from "commander";
import { BOUNDARY_SCHEMES } from "../../core/areas/boundary-codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { loadMapShapes } from "../../resources/geography/load.ts";
import {
	type BoundaryImport,
	importBoundaries,
} from "../intake/import-boundaries.ts";
import { importDhis2 } from "../intake/import-reading.ts";
import {
	type Imported,
	importCodes,
	importPopulation,
	type PopulationOptions,
} from "../intake/import-reference.ts";
import { TOLERANCE } from "../intake/share-edges.ts";
import type { HubDatabase } from "../store/database.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteBoundaries } from "../write/boundary-trail.ts";
import { parseReason, putAtTerminal, REASON } from "./put-at-terminal.ts";
import { say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const SHOWN = 10;

/** Adds `import codes|boundaries|dhis2|population FILE`. */
export function registerImport(program: Command): void {
	const command = program
		.command("import")
		.description(
			"put official reference data in the place of what is built in",
		);
	withData(command.command("codes"))
		.description(
			"the bridge between BPS and Kemendagri codes: CSV with kode_bps,nama_bps,kode_dagri,nama_dagri",
		)
		.argument("<file>")
		.action((file: string, options: DataOption) =>
			run(options, (db, tree) => importCodes(db, tree, file)),
		);
	withData(command.command("boundaries"))
		.description(
			"boundaries of kabupaten/kota or of kecamatan, it is found which: GeoJSON (also line by line) or TopoJSON (also .gz), a Shapefile, or a .zip with one of these",
		)
		.argument("<file>")
		.option("--source <text>", "where the file comes from, shown with the map")
		.option("--licence <text>", "under which terms it may be used")
		.option(
			"--layer <name>",
			"of a .zip with several files of boundaries the one that is meant",
		)
		.option(
			"--bridge <file>",
			"for codes of BPS: CSV with kode_bps,nama_bps,kode_dagri,nama_dagri, for this import alone",
		)
		.option("--property <name>", "the property that carries the code")
		.addOption(
			new Option(
				"--scheme <scheme>",
				"the scheme of that property, where digits of one may be those of another",
			).choices(BOUNDARY_SCHEMES),
		)
		.option(
			"--accept-gaps",
			"take the file although areas and polygons do not fit one to one: leave out what is no area, join polygons of one code, draw areas without a polygon as marks, keep what it does not cover",
		)
		.option(
			"--tolerance <metres>",
			`gaps between neighbours up to this wide are closed with a common border, of kabupaten/kota ${TOLERANCE.regency.all}, of kecamatan ${TOLERANCE.district.all} (${TOLERANCE.district.small} where the area that gets one grows by no more than a tenth); 0 leaves borders as they are`,
			parseMetres,
		)
		.action((file: string, options: DataOption & BoundaryImport) =>
			run(
				options,
				async (db, tree, dataFolder) => {
					const now = Date.now();
					const imported = await importBoundaries(db, tree, file, {
						...options,
						builtIn: loadMapShapes(),
						now,
						record: (client, change) =>
							noteBoundaries(client, "import-boundaries", now, change),
					});
					await noteAuditHead(db.pool, dataFolder);
					return imported;
				},
				"`hub boundaries list --differences` has all of them",
			),
		);
	withData(command.command("dhis2"))
		.description(
			"organisation units, data elements and category option combos of DHIS2: a metadata package, JSON or XML, beside what was imported before",
		)
		.argument("<file>")
		.requiredOption("--reason <text>", REASON, parseReason)
		.action((file: string, options: DataOption & { reason: string }) =>
			run(options, (db, _, dataFolder) =>
				putAtTerminal(db, dataFolder, options.reason, (by) =>
					importDhis2(db, file, by),
				),
			),
		);
	withData(command.command("population"))
		.description(
			"people of the kabupaten/kota: CSV with a column of codes and one of people",
		)
		.argument("<file>")
		.option("--year <year>", "year of the figures", parseYear)
		.option("--source <text>", "where the figures come from")
		.option("--code-column <name>")
		.option("--total-column <name>")
		.action((file: string, options: DataOption & PopulationOptions) =>
			run(options, (db, tree) => importPopulation(db, tree, file, options)),
		);
}

function run(
	options: DataOption,
	work: (
		db: HubDatabase,
		tree: AreaTree,
		dataFolder: string,
	) => Promise<Imported>,
	/** Where all that was told can be read, if not here. */
	kept?: string,
): Promise<void> {
	return withDatabase(options, async (db, dataFolder) => {
		const { done, errors, notes } = await work(db, loadAreaTree(), dataFolder);
		say(`Imported ${done}`);
		show("refused", errors);
		show("remark", notes, kept);
		return errors.length > 0 ? EXIT.incomplete : EXIT.done;
	});
}

function show(kind: string, lines: readonly string[], kept?: string): void {
	for (const line of lines.slice(0, SHOWN)) say(`  ${kind}: ${line}`);
	if (lines.length > SHOWN)
		say(`  … and ${lines.length - SHOWN} more${kept ? `: ${kept}` : ""}`);
}

function parseMetres(text: string): number {
	const metres = Number(text);
	if (!/^\d{1,4}$/.test(text) || metres > 2000)
		throw new InvalidArgumentError("Metres from 0 to 2000.");
	return metres;
}

function parseYear(text: string): number {
	if (!/^(19|20)\d{2}$/.test(text))
		throw new InvalidArgumentError("A year is written 2020.");
	return Number(text);
}
