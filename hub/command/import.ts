import { type Command, InvalidArgumentError } from "commander";
import type { AreaTree } from "../../core/areas/tree.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { loadMapShapes } from "../../resources/geography/load.ts";
import {
	type BoundaryImport,
	importBoundaries,
} from "../intake/import-boundaries.ts";
import {
	type Imported,
	importCodes,
	importPopulation,
	type PopulationOptions,
} from "../intake/import-reference.ts";
import { TOLERANCE } from "../intake/share-edges.ts";
import type { HubDatabase } from "../store/database.ts";
import { say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const SHOWN = 10;

/** Adds `import codes|boundaries|population FILE`. */
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
			"boundaries of kabupaten/kota or of kecamatan, it is found which: GeoJSON (also line by line) or TopoJSON (also .gz), or a Shapefile",
		)
		.argument("<file>")
		.option("--source <text>", "where the file comes from, shown with the map")
		.option("--licence <text>", "under which terms it may be used")
		.option("--property <name>", "the property that carries the code")
		.option(
			"--accept-gaps",
			"take the file although areas and polygons do not fit one to one: leave out what is no area, join polygons of one code, draw areas without a polygon as marks, keep what it does not cover",
		)
		.option(
			"--tolerance <metres>",
			`gaps between neighbours up to this wide are closed with a common border, of kabupaten/kota ${TOLERANCE.regency}, of kecamatan ${TOLERANCE.district}; 0 leaves borders as they are`,
			parseMetres,
		)
		.action((file: string, options: DataOption & BoundaryImport) =>
			run(options, (db, tree) =>
				importBoundaries(db, tree, file, {
					...options,
					builtIn: loadMapShapes(),
				}),
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
	work: (db: HubDatabase, tree: AreaTree) => Promise<Imported>,
): Promise<void> {
	return withDatabase(options, async (db) => {
		const { done, errors, notes } = await work(db, loadAreaTree());
		say(`Imported ${done}`);
		show("refused", errors);
		show("remark", notes);
		return errors.length > 0 ? EXIT.incomplete : EXIT.done;
	});
}

function show(kind: string, lines: readonly string[]): void {
	for (const line of lines.slice(0, SHOWN)) say(`  ${kind}: ${line}`);
	if (lines.length > SHOWN) say(`  … and ${lines.length - SHOWN} more`);
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
