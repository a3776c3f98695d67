import type {
	AreaCode,
	BpsCode,
	KemendagriCode,
} from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import type { KnownPeople } from "../../core/quality/possible-count.ts";
import type { Day } from "../../core/series/day.ts";
import type { SourceDefinition } from "../store/sources.ts";
import type { Dhis2Metadata } from "./dhis2-metadata.ts";
import type { RegisteredFacility } from "./facility-names.ts";
import type {
	KeptName,
	ReadingRow,
	ReadingTableName,
} from "./reading-tables.ts";
import type { Parsed } from "./report.ts";

/** An item of the catalogue, as far as a sheet of stock needs it. */
export interface CataloguedItem {
	readonly id: string;
	readonly unit: string;
	readonly pack: { readonly size: number; readonly name: string } | null;
}

/** What people said of the codes of other systems, and what those say of them. */
export interface KnownReading {
	readonly metadata: Dhis2Metadata;
	readonly tables: Readonly<Record<ReadingTableName, readonly ReadingRow[]>>;
	/** The version of each, and of the metadata; 0 of what nobody put yet. */
	readonly versions: Readonly<Record<KeptName, number>>;
}

/** What a connector may know besides the bytes of the file. */
export interface ConnectorContext {
	tree: AreaTree;
	/** The imported bridge from BPS to Kemendagri codes; null while none was imported. */
	bridge: { toKemendagri(code: BpsCode): KemendagriCode | undefined } | null;
	/** The people of an area, as far as they are known. */
	people(area: AreaCode): KnownPeople | null;
	/** The registered facilities; none where the hub knows none. */
	facilities?: readonly RegisteredFacility[];
	/** The items of the catalogue that apply. */
	items?: readonly CataloguedItem[];
	/** By what files of other systems are read; of no use to a connector of other files, which is given none. */
	reading?: KnownReading;
	/** Path of the file as it was given: some sources put the place or the day into the name. */
	path: string;
	/** Day that the person who gives the file says it speaks as of. */
	asOf: Day | null;
	/** What the person who gives the file says of labels in it that stand for another day than they say. */
	labels?: ReadonlyMap<string, Day>;
	/** Day of receipt (WIB). */
	received: Day;
}

/** One format of one source: bytes in, typed reports and row errors out. Never throws on what a file holds. */
export interface Connector {
	key: string;
	source: SourceDefinition;
	/**
	 * Its files are the whole of a table at one moment and do not say which: the day is that of the name or of `--as-of`. Of those that say the
	 * same of every area the one of the earliest day is heard.
	 */
	undated?: true;
	/** Its files label days in words, some wrongly: `--label` may say what a label stands for. */
	labelled?: true;
	/**
	 * By what a person said its files are read, and by which version of it: `dinkes-jabar 2`. Read by another, the same file is another one,
	 * which stands in the place of the older one as soon as something of it is taken in.
	 */
	reading?: string;
	/** Its files name people: none is kept, nor the name under which it was given. */
	anonymous?: true;
	/** Whether a file is of its form, whatever is known of the codes in it: one of which nothing can be taken yet is told apart by it. */
	knows?(bytes: Uint8Array): boolean;
	/** For the help of the command line. */
	describes: string;
	parse(bytes: Uint8Array, context: ConnectorContext): Parsed;
}
