import { Button, Select } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import type { Display } from "../../../core/api/desktop.ts";
import { ChangeDevice, type PairedDevice } from "../../../core/api/devices.ts";
import {
	type Cell,
	type DisplayGrid,
	placeIn,
	showOfPlace,
} from "../../../core/wall/grid.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { displaysToFill, fillDisplay, isDesktop } from "../../state/desktop.ts";
import { leave } from "../../state/drafts.ts";
import { useShows } from "./use-shows.ts";
import { useWallAddress } from "./use-wall-address.ts";
import type { ShownWalls } from "./use-walls.ts";

/** Changes a grid: some of it, or what follows from how it was ordered last. */
export type ChangeGrid = (
	part: Partial<DisplayGrid> | ((now: DisplayGrid) => Partial<DisplayGrid>),
) => void;

/** One display of a wall: which device it is, or which window of this machine, and what it shows of its own. */
export function CellForm({
	grid,
	cell,
	walls,
	devices,
	change,
}: {
	grid: DisplayGrid;
	cell: Cell;
	walls: ShownWalls;
	devices: readonly PairedDevice[];
	change: ChangeGrid;
}) {
	const { t } = useLanguage();
	const own = grid.own[cell.key] ?? "";
	const shows = useShows(walls, own, false);
	const place = showOfPlace(grid.id, cell.key);
	const addressOf = useWallAddress();
	const { number } = cell;
	return (
		<>
			<h2>
				{t("grids.display", { number })} ·{" "}
				{t("grids.where", { row: cell.row + 1, column: cell.column + 1 })}
			</h2>
			{!grid.spans && (
				<Select
					size="xs"
					label={t("grids.showsHere", { number })}
					allowDeselect={false}
					searchable
					value={own}
					data={shows}
					data-testid="cell-show"
					onChange={(show) =>
						show !== null &&
						change((now) => ({ own: { ...now.own, [cell.key]: show } }))
					}
				/>
			)}
			<DeviceHere grid={grid} cell={cell} devices={devices} />
			{isDesktop() ? (
				<FillMonitor place={place} number={number} />
			) : (
				<Button
					size="xs"
					variant="default"
					component="a"
					href={addressOf(place)}
					target="_blank"
					rel="noopener"
					leftSection={<ExternalLink size="1em" aria-hidden />}
					data-testid="cell-open"
				>
					{t("grids.open", { number })}
				</Button>
			)}
		</>
	);
}

/** Which paired display stands here. Of two that change their places each has the other's. */
function DeviceHere({
	grid,
	cell,
	devices,
}: {
	grid: DisplayGrid;
	cell: Cell;
	devices: readonly PairedDevice[];
}) {
	const { t } = useLanguage();
	const put = useCommand(ChangeDevice);
	const place = showOfPlace(grid.id, cell.key);
	const displays = devices.filter(({ kind }) => kind === "display");
	const allHere = displays.filter(({ show }) => show === place);
	const here = allHere[0] ?? null;
	const tell = ({ id, name }: PairedDevice, show: string) =>
		put.mutateAsync({ id, name, show });
	const choose = async (id: string) => {
		const next = displays.find((one) => one.id === id) ?? null;
		if (next?.id === here?.id) return;
		const before = next?.show ?? "";
		// First whoever comes: where that fails nobody has lost a place.
		if (next) await tell(next, place);
		for (const [at, one] of allHere.entries())
			if (one.id !== id)
				await tell(
					one,
					at === 0 && placeIn(before)?.grid === grid.id ? before : "",
				);
	};
	return (
		<>
			<Select
				size="xs"
				label={t("grids.device", { number: cell.number })}
				description={displays.length === 0 ? t("grids.deviceHelp") : undefined}
				allowDeselect={false}
				value={here?.id ?? ""}
				data={[
					{ value: "", label: t("grids.noDevice") },
					...displays.map(({ id, name }) => ({ value: id, label: name })),
				]}
				data-testid="cell-device"
				onChange={(id) => id !== null && void choose(id).catch(() => {})}
			/>
			{put.error && (
				<p role="alert">
					{t("devices.failed", { message: put.error.message })}
				</p>
			)}
		</>
	);
}

/** In the desktop application this window goes to a monitor and fills it; it finds back there after a restart. */
function FillMonitor({ place, number }: { place: string; number: number }) {
	const { t } = useLanguage();
	const addressOf = useWallAddress();
	const [displays, setDisplays] = useState<readonly Display[]>([]);
	useEffect(() => {
		displaysToFill().then(setDisplays, () => {});
	}, []);
	return (
		<Select
			size="xs"
			label={t("grids.fill", { number })}
			placeholder={t("grids.display", { number })}
			value={null}
			data={displays.map(({ id, label, width, height }) => ({
				value: String(id),
				label: t("grids.monitor", { label, width, height }),
			}))}
			data-testid="cell-fill"
			onChange={(id) =>
				id !== null &&
				leave(() => {
					void fillDisplay(Number(id)).then(() => {
						location.hash = addressOf(place);
					});
				})
			}
		/>
	);
}
