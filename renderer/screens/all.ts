import type { QueryClient } from "@tanstack/react-query";
import {
	ArrowUpToLine,
	BedDouble,
	BookA,
	ChartSpline,
	DatabaseZap,
	LayoutDashboard,
	type LucideIcon,
	MapIcon,
	MonitorPlay,
	PackageSearch,
	ScrollText,
	SlidersHorizontal,
} from "lucide-react";
import type { ReactNode } from "react";
import { z } from "zod";
import { EVERYBODY, PEOPLE, type Role } from "../../core/access/role.ts";
import type { AreaRow } from "../../core/api/areas.ts";
import { AUDITORS } from "../../core/api/audit.ts";
import { DATA_MANAGERS } from "../../core/api/data-managers.ts";
import { RELEASERS } from "../../core/api/releasers.ts";
import type { ScreenProps } from "../navigation/screen-props.ts";
import type { SearchSchema } from "../state/search.ts";
import { areaTableSearch } from "../state/table-search.ts";
import { openDataSearch } from "./data-terbuka/search.ts";
import { wallSearch } from "./dinding/search.ts";
import { epidemicSearch } from "./epidemi/search.ts";
import { integrationSearch } from "./integrasi/search.ts";
import { auditSearch } from "./jejak-audit/search.ts";
import { dictionarySearch } from "./kamus/search.ts";
import { logisticsSearch } from "./logistik/search.ts";
import { referralSearch } from "./rujukan/search.ts";
import { spreadSearch } from "./sebaran/search.ts";

/** The parts of the rail, in order; screens.md names what each is for. */
export const GROUPS = ["look", "decide", "keep", "show", "system"] as const;

/** A screen, as the rail, the palette, the keys, the address and the tests know it. */
export interface Screen {
	/** Its name in the address (`#/key`), in the texts (`screen.key`) and its folder in screens/. */
	readonly key: keyof typeof import("../i18n/id.ts").id.screen;
	readonly group: (typeof GROUPS)[number];
	readonly icon: LucideIcon;
	/** `g` and this letter lead to it. */
	readonly letter: string;
	/** Who may open it. The hub and the backend decide what is answered; others are told so instead of seeing it fail. */
	readonly role: readonly Role[];
	/** Whether it shows figures of a day: then the choice of indicator, the day of knowledge and the keys of time belong to it. */
	readonly time: boolean;
	/** It has its own choice of what of an indicator is shown. */
	readonly ownMeasure?: true;
	/** Its figures are of no indicator: none is chosen, and each tells its own origin. */
	readonly ownFigures?: true;
	/**
	 * It tells what is known now, whatever day of knowledge is chosen elsewhere: none is chosen here, and none is claimed. A function: it does so where its
	 * own part of the address is such.
	 */
	readonly ofNow?: true | ((own: Readonly<Record<string, string>>) => boolean);
	/** On a wall it fills the window, with nothing of the house around it. */
	readonly bare?: true;
	/** Its map draws kecamatan too. */
	readonly districts?: true;
	/** What of its own travels in its address. */
	readonly search: SearchSchema;
	/** Fetched when it is opened. */
	readonly load: () => Promise<{
		default: (props: ScreenProps) => ReactNode;
		/** Asks for what it shows first while a window has drawn nothing yet. */
		ahead?: (
			queries: QueryClient,
			areas: readonly AreaRow[],
		) => Promise<unknown>;
	}>;
}

const nothingOfItsOwn = z.object({});

/** All screens, in the order of the rail. Add one here, in both languages, and nowhere else. */
export const SCREENS: readonly Screen[] = [
	{
		key: "situasi",
		group: "look",
		icon: LayoutDashboard,
		letter: "s",
		role: EVERYBODY,
		time: true,
		search: areaTableSearch,
		load: () => import("./situasi/screen.tsx"),
	},
	{
		key: "sebaran",
		group: "look",
		icon: MapIcon,
		letter: "b",
		role: EVERYBODY,
		time: true,
		ownMeasure: true,
		districts: true,
		search: spreadSearch,
		load: () => import("./sebaran/screen.tsx"),
	},
	{
		key: "epidemi",
		group: "look",
		icon: ChartSpline,
		letter: "e",
		role: EVERYBODY,
		time: true,
		ownFigures: true,
		// Alerts are of each day, and what is done with them is of now.
		ofNow: ({ view }) => view === "peringatan",
		search: epidemicSearch,
		load: () => import("./epidemi/screen.tsx"),
	},
	{
		key: "logistik",
		group: "decide",
		icon: PackageSearch,
		letter: "l",
		role: EVERYBODY,
		time: true,
		ownFigures: true,
		// What is sent, and the catalogue.
		ofNow: ({ view }) => view === "kirim" || view === "barang",
		search: logisticsSearch,
		load: () => import("./logistik/screen.tsx"),
	},
	{
		key: "rujukan",
		group: "decide",
		icon: BedDouble,
		letter: "r",
		role: EVERYBODY,
		time: true,
		ownFigures: true,
		search: referralSearch,
		load: () => import("./rujukan/screen.tsx"),
	},
	{
		key: "integrasi",
		group: "keep",
		icon: DatabaseZap,
		letter: "i",
		role: DATA_MANAGERS,
		time: true,
		ownFigures: true,
		ofNow: true,
		search: integrationSearch,
		load: () => import("./integrasi/screen.tsx"),
	},
	{
		key: "kamus",
		group: "keep",
		icon: BookA,
		letter: "k",
		role: EVERYBODY,
		time: false,
		ofNow: true,
		search: dictionarySearch,
		load: () => import("./kamus/screen.tsx"),
	},
	{
		key: "data-terbuka",
		group: "keep",
		icon: ArrowUpToLine,
		letter: "t",
		role: RELEASERS,
		time: false,
		ofNow: true,
		search: openDataSearch,
		load: () => import("./data-terbuka/screen.tsx"),
	},
	{
		key: "dinding",
		group: "show",
		icon: MonitorPlay,
		letter: "d",
		role: EVERYBODY,
		time: false,
		bare: true,
		search: wallSearch,
		load: () => import("./dinding/screen.tsx"),
	},
	{
		key: "jejak-audit",
		group: "system",
		icon: ScrollText,
		letter: "j",
		role: AUDITORS,
		time: false,
		ofNow: true,
		search: auditSearch,
		load: () => import("./jejak-audit/screen.tsx"),
	},
	{
		key: "pengaturan",
		group: "system",
		icon: SlidersHorizontal,
		letter: "p",
		role: PEOPLE,
		time: false,
		ofNow: true,
		search: nothingOfItsOwn,
		load: () => import("./pengaturan/screen.tsx"),
	},
];

/** Whether a screen tells what is known now. @param own its own part of the address */
export function isOfNow(
	{ ofNow }: Pick<Screen, "ofNow">,
	own: Readonly<Record<string, string>>,
): boolean {
	return typeof ofNow === "function" ? ofNow(own) : ofNow === true;
}

export function screenAt(key: string): Screen | undefined {
	return SCREENS.find((screen) => screen.key === key);
}
