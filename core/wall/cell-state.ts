import { type CellKey, showOfPlace } from "./grid.ts";
import type { WallWindow } from "./wall-windows.ts";

/** A display asks every 1.5 s; one that was not heard for this long (ms) is said to be silent. */
const SILENT_AFTER = 10_000;

/** Whether a paired device is not heard, or never was. Both in ms since 1970-01-01 UTC; null: it never asked anything. */
export function isSilent(seenAt: number | null, now: number): boolean {
	return seenAt === null || now - seenAt > SILENT_AFTER;
}

/** How a display is, the worst first. `since`: ms since 1970-01-01 UTC. */
export type CellState =
	/** Nothing is put there. */
	| { readonly kind: "none" }
	/** It is not heard; since null: it never was. */
	| { readonly kind: "silent"; readonly since: number | null }
	/** It draws no more. */
	| { readonly kind: "frozen"; readonly since: number }
	/** It says itself that what it shows may be no longer so. */
	| {
			readonly kind: "trouble";
			readonly trouble: NonNullable<WallWindow["trouble"]>;
	  }
	/** It draws no scene yet. */
	| { readonly kind: "coming" }
	/** Of so many panels it says that they are too old. */
	| { readonly kind: "stale"; readonly panels: number }
	| { readonly kind: "well" };

/** What of a paired device is looked at. */
export interface PutDevice {
	readonly id: string;
	readonly name: string;
	readonly show: string;
	/** When it last asked anything (ms since 1970-01-01 UTC); null: never. */
	readonly seenAt: number | null;
}

/** What a place of a grid is known to show. */
export interface CellNow {
	readonly state: CellState;
	/** The scene that is seen, by its id; null: none, or nobody knows. */
	readonly scene: string | null;
	/** What stands there, by name; empty names are left out. */
	readonly names: readonly string[];
	readonly devices: readonly PutDevice[];
	readonly windows: readonly WallWindow[];
}

const WORST: readonly CellState["kind"][] = [
	"none",
	"silent",
	"frozen",
	"trouble",
	"coming",
	"stale",
	"well",
];

function stateOf({
	frozen,
	drawnAt,
	trouble,
	scene,
	stale,
}: WallWindow): CellState {
	if (frozen) return { kind: "frozen", since: drawnAt };
	if (trouble !== null) return { kind: "trouble", trouble };
	if (scene === null) return { kind: "coming" };
	return stale > 0 ? { kind: "stale", panels: stale } : { kind: "well" };
}

/**
 * What a place of a grid shows now: of several displays at one place the worst is told.
 * @param windows all that show a wall, of this machine and of devices
 * @param now ms since 1970-01-01 UTC
 */
export function cellNow(
	grid: string,
	cell: CellKey,
	windows: readonly WallWindow[],
	devices: readonly PutDevice[],
	now: number,
): CellNow {
	const place = showOfPlace(grid, cell);
	const put = devices.filter(({ show }) => show === place);
	// What a device shows is what it was told, not what its last window still says.
	const ids = new Set(devices.map(({ id }) => id));
	const own = new Set(put.map(({ id }) => id));
	const here = windows.filter(({ window, show }) =>
		ids.has(window) ? own.has(window) : show === place,
	);
	const states: CellState[] = [
		...put.flatMap((device): CellState[] => {
			if (isSilent(device.seenAt, now))
				return [{ kind: "silent", since: device.seenAt }];
			return here.some(({ window }) => window === device.id)
				? []
				: [{ kind: "coming" }];
		}),
		...here
			.filter(
				({ window }) =>
					!put.some((one) => one.id === window && isSilent(one.seenAt, now)),
			)
			.map(stateOf),
	];
	const state = states.reduce<CellState>(
		(worst, one) =>
			WORST.indexOf(one.kind) < WORST.indexOf(worst.kind) ? one : worst,
		states[0] ?? { kind: "none" },
	);
	return {
		...{ state, devices: put, windows: here },
		scene: here.find(({ frozen }) => !frozen)?.scene ?? null,
		names: [
			...new Set(
				[...put, ...here.filter(({ window }) => !own.has(window))]
					.map(({ name }) => name)
					.filter((name) => name !== ""),
			),
		],
	};
}
