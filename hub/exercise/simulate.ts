import { COLUMNS_OF } from "../../core/facilities/report.ts";
import type { DetailSource } from "../../core/feed/details.ts";
import type { Day } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	FIRST_DAY,
	FIRST_FACILITY_DAY,
	OPENING_DAYS,
	UNSEEN_DAYS,
} from "./calendar.ts";
import type { ExerciseCountry } from "./country.ts";
import { type Epidemic, startEpidemic } from "./epidemic.ts";
import {
	drawHospitals,
	drawLaboratories,
	type Hospital,
	type Laboratory,
	type Warehouse,
	warehousesOf,
} from "./facilities.ts";
import { openHealthOffices } from "./health-offices.ts";
import { openHospitals } from "./hospital-days.ts";
import { openKecamatan } from "./kecamatan.ts";
import { openLaboratories } from "./laboratory-days.ts";
import { openPortal } from "./portal.ts";
import {
	type AreaSource,
	type ExerciseSource,
	FileInWriting,
	placesFile,
	type ReceivedFile,
	registerFile,
} from "./received-file.ts";
import { stockSheets } from "./stock-sheets.ts";
import { COUNTED, startSurveillance } from "./surveillance.ts";
import { openWarehouses } from "./warehouse-days.ts";
import { openZoneBoard } from "./zones.ts";

export interface SimulationOptions {
	/** A number or a text; the same seed gives the same bytes. */
	seed: number | string;
	/** Last day to simulate, 1-based; 1 is 2 March 2020. */
	days?: number;
	/** First day whose files are given out; earlier days are lived through unwritten. */
	from?: number;
	/**
	 * Only what is said of areas down to the kabupaten/kota, or only the details: what is said below them and by facilities. Together the same
	 * files as when left out.
	 */
	only?: "areas" | "details";
	/** Called as each day begins; with `day` 0 while the epidemic still runs unseen. */
	onProgress?: (day: number, days: number) => void;
}

/** Facilities need a while to fill their wards and shelves before their first report. */
const FACILITY_RUN_IN = 30;

/** Begins a file of a source; null on a day that is lived through unwritten. */
type OpenFile<Of extends ExerciseSource = ExerciseSource> = (
	source: Of,
	columns: readonly string[],
) => FileInWriting | null;

/** The register of facilities drawn from a seed: hospitals, laboratories, warehouses, each in order of area. */
export function registerOf(
	country: ExerciseCountry,
	seed: number | string,
): ReceivedFile {
	const { hospitals, laboratories, warehouses } = directory(country, seed);
	const beds = new Map(
		hospitals.map((hospital) => [
			hospital.code,
			{ total: hospital.beds, icu: hospital.icuBeds },
		]),
	);
	return registerFile(
		FIRST_DAY,
		[...hospitals, ...laboratories, ...warehouses],
		({ code }) => beds.get(code),
	);
}

/**
 * Plays the simulated country day by day and gives out the files its sources send, in the order of reception.
 * Nothing depends on the number of days asked for: day 301 is the same whether it is played after 300 or in one run.
 * @param onTruth called after each day with what really happened, for tests and for scoring a drill.
 */
export function* simulate(
	country: ExerciseCountry,
	{ seed, days = OPENING_DAYS, from = 1, only, onProgress }: SimulationOptions,
	onTruth?: (day: number, epidemic: Epidemic) => void,
): Generator<ReceivedFile> {
	const random = streams(seed);
	const { hospitals, laboratories, warehouses } = directory(country, seed);
	const epidemic = startEpidemic(country, random("epidemic"));
	const surveillance = startSurveillance(country, random("surveillance"));
	const offices = openHealthOffices(country, random("health offices"));
	const kecamatan = openKecamatan(country, random("kecamatan"));
	const zones = openZoneBoard(country, random("zones"));
	const portal = openPortal(country, random("portal"));
	const wards = openHospitals(country, hospitals, random("hospital days"));
	const benches = openLaboratories(
		country,
		laboratories,
		random("laboratory days"),
	);
	const stores = openWarehouses(country, warehouses, random("warehouse days"));
	const sheetRandom = random("stock sheets");
	onProgress?.(0, days);
	for (let unseen = 0; unseen < UNSEEN_DAYS; unseen++) epidemic.step();
	for (let number = 1; number <= days; number++) {
		onProgress?.(number, days);
		epidemic.step();
		const at = FIRST_DAY + number - 1;
		surveillance.observe(at, epidemic.state);
		onTruth?.(number, epidemic);
		const write = number >= from;
		const file: OpenFile = (source, columns) =>
			write ? new FileInWriting(source, at, columns) : null;

		if (number === 1 && write && only !== "areas")
			yield registerOf(country, seed);
		yield* saidOfAreas(number, at, file);
		if (only !== "areas") yield* saidByFacilities(number, at, file);
	}

	function* saidOfAreas(
		number: number,
		at: Day,
		file: OpenFile,
	): Generator<ReceivedFile> {
		const nothing = () => null;
		const above: OpenFile<AreaSource> = only === "details" ? nothing : file;
		const below: OpenFile<DetailSource<"kecamatan">> =
			only === "areas" ? nothing : file;
		if (number === 1 && number >= from && only !== "areas") {
			const places = placesFile(
				FIRST_DAY,
				[...country.kelurahan.values()].flat(),
			);
			if (places) yield places;
		}
		const national = above("latihan-portal", COUNTED);
		if (only !== "details") portal.report(at, surveillance.counts, national);
		yield* closed(national);
		const regional = above("latihan-dinkes", COUNTED);
		offices.report(at, surveillance.counts, regional);
		// Sent before the office's own report, and cut from it.
		const byKecamatan = below("latihan-kecamatan", ["confirmed"]);
		const byKelurahan = below("latihan-kelurahan", ["confirmed"]);
		if (only !== "areas")
			kecamatan.report(at, offices.stated, byKecamatan, byKelurahan);
		yield* closed(byKecamatan);
		yield* closed(byKelurahan);
		yield* closed(regional);
		const zoning = above("latihan-zonasi", ["zone"]);
		if (only !== "details")
			zones.report(at, surveillance.counts.confirmed, zoning);
		yield* closed(zoning);
	}

	function* saidByFacilities(
		number: number,
		at: Day,
		file: OpenFile<DetailSource<"facilities">>,
	): Generator<ReceivedFile> {
		if (number < FIRST_FACILITY_DAY - FACILITY_RUN_IN) return;
		wards.pass(at, epidemic.state);
		benches.pass(at, surveillance.testedToday, surveillance.confirmedToday);
		stores.pass(at, epidemic.state);
		if (number < FIRST_FACILITY_DAY) return;
		const store = file("latihan-gudang", COLUMNS_OF.warehouse);
		stores.report(at, store);
		yield* closed(store);
		const laboratory = file("latihan-lab", COLUMNS_OF.laboratory);
		benches.report(at, laboratory);
		yield* closed(laboratory);
		const sheets = stockSheets(
			number,
			at,
			() => [...stores.shelves(), ...benches.shelves(), ...wards.shelves()],
			sheetRandom,
			number >= from,
		);
		if (sheets) yield sheets;
		const hospital = file("latihan-rs", COLUMNS_OF.hospital);
		wards.report(at, hospital);
		yield* closed(hospital);
	}
}

function* closed(file: FileInWriting | null): Generator<ReceivedFile> {
	const done = file?.close();
	if (done) yield done;
}

/** Each part draws from a stream of its own, so that a change in one leaves the others as they were. */
function streams(seed: number | string) {
	return (name: string) => createRandom(`${seed}`).fork(name);
}

function directory(
	country: ExerciseCountry,
	seed: number | string,
): {
	hospitals: Hospital[];
	laboratories: Laboratory[];
	warehouses: Warehouse[];
} {
	const random = streams(seed);
	return {
		hospitals: drawHospitals(country, random("hospitals")),
		laboratories: drawLaboratories(country, random("laboratories")),
		warehouses: warehousesOf(country),
	};
}
