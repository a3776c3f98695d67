import {
	Alert,
	Button,
	Menu,
	SegmentedControl,
	Select,
	TextInput,
} from "@mantine/core";
import { Hash, History, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Devices } from "../../../core/api/devices.ts";
import { CurrentShow, OrderShow, WallWindows } from "../../../core/api/show.ts";
import { GridVersions, KeepGrid, RemoveGrid } from "../../../core/api/walls.ts";
import { cellNow } from "../../../core/wall/cell-state.ts";
import {
	type Cell,
	type CellKey,
	cellsOf,
	crossesFrames,
	type DisplayGrid,
	MOST_ACROSS,
	misfitOf,
} from "../../../core/wall/grid.ts";
import { PANEL_KINDS } from "../../../core/wall/scene.ts";
import { scenesShown } from "../../../core/wall/shown-scenes.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { Space } from "../../parts/ui/panel.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { CellForm, type ChangeGrid } from "./cell-form.tsx";
import styles from "./desk.module.css";
import gridStyles from "./grid.module.css";
import { GridPicture } from "./grid-picture.tsx";
import { OpenOnScreens } from "./open-on-screens.tsx";
import { useMayArrange } from "./use-may-arrange.ts";
import { useShows } from "./use-shows.ts";
import type { ShownWalls } from "./use-walls.ts";
import { useNow } from "./wall-run.ts";

/** A wall of several displays: how it is put together, what it shows, and how each of them is now. */
export function GridDesk({
	grid,
	walls,
}: {
	grid: DisplayGrid;
	walls: ShownWalls;
}) {
	const { t } = useLanguage();
	const may = useMayArrange();
	const keep = useCommand(KeepGrid);
	const remove = useCommand(RemoveGrid);
	const [now] = useNow(null);
	const windows = useAnswer(WallWindows, {}).data ?? [];
	const devices =
		useAnswer(Devices, {}, { enabled: may, refetchInterval: 3_000 }).data
			?.devices ?? [];
	const [chosen, setChosen] = useState<CellKey | null>(null);
	/** As it was ordered last: what is changed next is changed in that, though the answer has not come yet. */
	const ordered = useRef(grid);
	useEffect(() => {
		ordered.current = grid;
	}, [grid]);
	const change: ChangeGrid = (part) => {
		const now = ordered.current;
		ordered.current = {
			...now,
			...(typeof part === "function" ? part(now) : part),
		};
		keep.mutate(ordered.current, {
			// What was refused is no part of what is ordered next.
			onError: () => {
				ordered.current = grid;
			},
		});
	};
	const cells = cellsOf(grid);
	const cell = cells.find(({ key }) => key === chosen) ?? null;
	const nowOf = ({ key }: Cell) => cellNow(grid.id, key, windows, devices, now);
	const misfit = misfitOf(
		grid,
		cells.flatMap((one) => nowOf(one).windows),
	);
	const failure = keep.error ?? remove.error;
	return (
		<section className={styles.part} aria-label={grid.name}>
			<div className={styles.bar}>
				<NameField
					key={grid.name}
					name={grid.name}
					may={may}
					change={(name) => change({ name })}
				/>
				<Space />
				{may && (
					<>
						<Sign now={now} />
						<OpenOnScreens
							grid={grid}
							places={cells
								.filter((one) => nowOf(one).devices.length === 0)
								.map(({ key }) => key)}
						/>
						<Versions grid={grid} use={(earlier) => change(earlier)} />
						<Button
							size="xs"
							variant="default"
							leftSection={<Trash2 size="1em" aria-hidden />}
							data-testid="remove-grid"
							onClick={() => remove.mutate({ id: grid.id })}
						>
							{t("grids.remove")}
						</Button>
					</>
				)}
			</div>
			{failure && (
				<Alert color="red" role="alert">
					{t("walls.failed", { message: failure.message })}
				</Alert>
			)}
			{misfit && (
				<Alert color="yellow" role="alert" data-testid="grid-misfit">
					{t(`grids.misfit.${misfit}`)}
				</Alert>
			)}
			<div className={gridStyles.grid}>
				<GridPicture
					grid={grid}
					scenes={walls.scenes}
					nowOf={nowOf}
					chosen={chosen}
					choose={setChosen}
				/>
				<div className={gridStyles.form}>
					<fieldset disabled={!may} className={gridStyles.fields}>
						<GridForm grid={grid} walls={walls} change={change} />
					</fieldset>
					{may &&
						(cell ? (
							<CellForm
								key={cell.key}
								grid={grid}
								cell={cell}
								walls={walls}
								devices={devices}
								change={change}
							/>
						) : (
							<p>{t("grids.chooseDisplay")}</p>
						))}
				</div>
			</div>
		</section>
	);
}

function NameField({
	name,
	may,
	change,
}: {
	name: string;
	may: boolean;
	change: (name: string) => void;
}) {
	const { t } = useLanguage();
	const [typed, setTyped] = useState(name);
	return (
		<TextInput
			size="xs"
			className={styles.name}
			aria-label={t("grids.name")}
			data-testid="grid-name"
			readOnly={!may}
			maxLength={80}
			value={typed}
			onChange={(event) => setTyped(event.currentTarget.value)}
			onBlur={() => {
				const next = typed.trim();
				if (next && next !== name) change(next);
				else setTyped(name);
			}}
		/>
	);
}

/** How the displays stand, and what all of them show together. */
function GridForm({
	grid,
	walls,
	change,
}: {
	grid: DisplayGrid;
	walls: ShownWalls;
	change: ChangeGrid;
}) {
	const { t } = useLanguage();
	const shows = useShows(walls, grid.show, false);
	const { picture, gap } = grid;
	const moved = (
		grid.spans && grid.show.startsWith("scene.")
			? scenesShown(walls, grid.show, null)
			: // Of a playlist of the hour that would be every scene there is.
				[]
	)
		.flatMap(({ panels }) => panels)
		.filter(
			({ kind, place }) =>
				PANEL_KINDS[kind].over === "one-display" && crossesFrames(place, grid),
		)
		.map(({ kind }) => t(`walls.panel.${kind}`))
		.join(", ");
	return (
		<>
			<div className={gridStyles.pair}>
				<Size
					label={t("grids.columns")}
					value={grid.columns}
					most={MOST_ACROSS}
					least={1}
					testId="grid-columns"
					take={(columns) => change({ columns })}
				/>
				<Size
					label={t("grids.rows")}
					value={grid.rows}
					most={MOST_ACROSS}
					least={1}
					testId="grid-rows"
					take={(rows) => change({ rows })}
				/>
			</div>
			<div className={gridStyles.pair}>
				<Size
					label={t("grids.pictureWidth")}
					value={picture.width}
					least={50}
					most={5_000}
					unit="mm"
					testId="grid-width"
					take={(width) =>
						change((now) => ({ picture: { ...now.picture, width } }))
					}
				/>
				<Size
					label={t("grids.pictureHeight")}
					value={picture.height}
					least={50}
					most={5_000}
					unit="mm"
					testId="grid-height"
					take={(height) =>
						change((now) => ({ picture: { ...now.picture, height } }))
					}
				/>
				<Size
					label={t("grids.gapAcross")}
					value={gap.across}
					least={0}
					most={500}
					unit="mm"
					testId="grid-gap-across"
					take={(across) => change((now) => ({ gap: { ...now.gap, across } }))}
				/>
				<Size
					label={t("grids.gapDown")}
					value={gap.down}
					least={0}
					most={500}
					unit="mm"
					testId="grid-gap-down"
					take={(down) => change((now) => ({ gap: { ...now.gap, down } }))}
				/>
			</div>
			<p>{t("grids.gapHelp")}</p>
			<SegmentedControl
				size="xs"
				orientation="vertical"
				fullWidth
				aria-label={t("grids.mode")}
				data-testid="grid-mode"
				value={grid.spans ? "spans" : "each"}
				data={(["spans", "each"] as const).map((value) => ({
					value,
					label: t(`grids.${value}`),
				}))}
				onChange={(mode) => change({ spans: mode === "spans" })}
			/>
			{grid.spans && (
				<Select
					size="xs"
					label={t("grids.shows")}
					allowDeselect={false}
					searchable
					value={grid.show}
					data={shows}
					data-testid="grid-show"
					onChange={(show) => show !== null && change({ show })}
				/>
			)}
			{moved !== "" && (
				<p role="status" data-testid="grid-moved">
					{t("grids.moved", { panels: moved })}
				</p>
			)}
		</>
	);
}

/** A whole number or tenths of a millimetre, taken when it is left. */
function Size({
	label,
	value,
	least,
	most,
	unit,
	testId,
	take,
}: {
	label: string;
	value: number;
	least: number;
	most: number;
	unit?: string;
	testId: string;
	take: (value: number) => void;
}) {
	const [typed, setTyped] = useState<number | string | null>(null);
	return (
		<AmountInput
			size="xs"
			label={unit ? `${label} (${unit})` : label}
			min={least}
			max={most}
			allowDecimal={unit !== undefined}
			decimalScale={1}
			data-testid={testId}
			value={typed ?? value}
			onChange={setTyped}
			onBlur={() => {
				const next = typeof typed === "number" ? typed : null;
				if (next !== null && next !== value && next >= least && next <= most)
					take(next);
				setTyped(null);
			}}
		/>
	);
}

/** Has every display show which one it is. */
function Sign({ now }: { now: number }) {
	const { t } = useLanguage();
	const show = useAnswer(CurrentShow, {}).data;
	const order = useCommand(OrderShow);
	const isOn = show?.signUntil != null && show.signUntil > now;
	return (
		<Button
			size="xs"
			variant={isOn ? "filled" : "default"}
			title={t("grids.signHelp")}
			leftSection={<Hash size="1em" aria-hidden />}
			aria-pressed={isOn}
			data-testid="grid-sign"
			onClick={() => order.mutate({ do: "sign", on: !isOn })}
		>
			{t(isOn ? "grids.unsign" : "grids.sign")}
		</Button>
	);
}

function Versions({
	grid,
	use,
}: {
	grid: DisplayGrid;
	use: (earlier: DisplayGrid) => void;
}) {
	const { t, format } = useLanguage();
	const [opened, setOpened] = useState(false);
	const { data } = useAnswer(
		GridVersions,
		{ grid: grid.id },
		{ enabled: opened },
	);
	return (
		<Menu
			opened={opened}
			onChange={setOpened}
			position="bottom-end"
			width="24rem"
		>
			<Menu.Target>
				<Button
					size="xs"
					variant="default"
					leftSection={<History size="1em" aria-hidden />}
					data-testid="grid-versions"
				>
					{t("walls.versions")}
				</Button>
			</Menu.Target>
			<Menu.Dropdown mah="60vh" style={{ overflow: "auto" }}>
				{data?.length === 0 && <Menu.Label>{t("grids.noVersions")}</Menu.Label>}
				{data?.map(({ at, by, grid: earlier }) => (
					<Menu.Item
						key={at}
						rightSection={t("walls.bringBack")}
						onClick={() => use(earlier)}
					>
						{earlier.name} ·{" "}
						{t("grids.size", { columns: earlier.columns, rows: earlier.rows })}
						<small className={styles.when}>
							{t("walls.version", {
								time: format.time(at),
								by: by || t("walls.somebody"),
							})}
						</small>
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
