import {
	ArrowUp,
	ArrowUpToLine,
	BadgeInfo,
	CirclePlay,
	CornerUpLeft,
	FastForward,
	History,
	Info,
	Keyboard,
	Languages,
	LayoutDashboard,
	ListFilter,
	type LucideIcon,
	PanelLeft,
	Printer,
	RefreshCw,
	Rewind,
	Search,
	StepBack,
	StepForward,
	Stethoscope,
	TimerOff,
	TimerReset,
} from "lucide-react";
import { useMemo } from "react";
import { RetrySync } from "../../core/api/state.ts";
import { clock } from "../clock/use-clock.ts";
import type { id } from "../i18n/id.ts";
import { type Screen, screenAt } from "../screens/all.ts";
import { order } from "../state/ask.ts";
import { printScreen } from "../state/screen-print.ts";
import { useSelectedArea } from "../state/selected-area.ts";
import { useChooseLanguage, useStandardLayout } from "../state/settings.ts";
import { useView } from "../state/view-state.ts";
import { useWall } from "../state/wall.ts";
import { saveDiagnostics } from "./diagnostics.ts";
import { openDialog, useOpened, useRail } from "./opened.ts";

/** Something that can be done on every screen, by its key and from the palette. */
export interface ShellCommand {
	readonly key: keyof typeof id.command;
	readonly icon: LucideIcon;
	/** As `keyOf` names them. */
	readonly keys: readonly string[];
	/** Only where figures of a day are shown. */
	readonly time?: true;
	/** Only where these are of an indicator. */
	readonly indicator?: true;
	/** Only where somebody sits: a wall has no rail, and keeps no arrangement of its own. */
	readonly seated?: true;
	/** Found by its keys alone. */
	readonly hidden?: true;
	readonly act: () => void;
}

/** As KeyboardEvent.key names a key; an arrow with Shift by both. */
export function keyOf({
	key,
	shiftKey,
}: Pick<KeyboardEvent, "key" | "shiftKey">): string {
	return shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key;
}

/**
 * Does what a part of the screen says its key does (aria-keyshortcuts): its field is typed into, its button pressed. The shell need not
 * know the parts.
 * @returns whether there is one
 */
function pressOnScreen(key: string): boolean {
	const part = document.querySelector<HTMLElement>(
		`[aria-keyshortcuts="${key}"]`,
	);
	if (part instanceof HTMLInputElement) part.select();
	part?.focus();
	if (part instanceof HTMLButtonElement) part.click();
	return part !== null;
}

/** Whether a command does anything on a screen. */
export function isFor(
	{ time, indicator }: ShellCommand,
	screen: Pick<Screen, "time" | "ownFigures">,
): boolean {
	return (
		(screen.time || !time) &&
		!(indicator === true && screen.ownFigures === true)
	);
}

/** Whether the shell knows which figure of an area a screen shows: where the screen chooses for itself a part of it says which, or nothing does. */
export const knowsFigures = ({
	ownMeasure,
	ownFigures,
}: Pick<Screen, "ownMeasure" | "ownFigures">): boolean =>
	ownMeasure !== true && ownFigures !== true;

/** The commands of the shell that can be done here: the keys, the palette and the list of keys are all read from it. */
export function useCommands(): readonly ShellCommand[] {
	const { areas, selected, select } = useSelectedArea();
	const { toggle: toggleRail } = useRail();
	const chooseLanguage = useChooseLanguage();
	const { restore: standardLayout } = useStandardLayout();
	const wall = useWall();
	return useMemo(() => {
		const { change } = useView.getState();
		const up = () => {
			const parent = selected && areas?.byId(selected.parent ?? -1);
			if (parent) select(parent);
		};
		const by = (days: number) => () => clock.step(days);
		const all: readonly ShellCommand[] = [
			{
				key: "find",
				icon: Search,
				keys: [],
				hidden: true,
				act: () => openDialog("palette"),
			},
			{
				key: "filter",
				icon: ListFilter,
				keys: ["/"],
				hidden: true,
				act: () => pressOnScreen("/") || openDialog("palette"),
			},
			{
				key: "silentFirst",
				icon: ArrowUpToLine,
				keys: ["s"],
				time: true,
				act: () => void pressOnScreen("s"),
			},
			{
				key: "explain",
				icon: Info,
				keys: ["e"],
				time: true,
				indicator: true,
				act: () => {
					if (pressOnScreen("e")) return;
					const { screen, indicator, measure, explain } = useView.getState();
					const here = screenAt(screen);
					if (selected && here && knowsFigures(here))
						explain({
							indicator,
							measure,
							area: selected.id,
							day: clock.day,
						});
				},
			},
			{
				key: "keys",
				icon: Keyboard,
				keys: ["?"],
				act: () => openDialog("keys"),
			},
			{ key: "up", icon: ArrowUp, keys: ["Escape", "Backspace"], act: up },
			{
				key: "play",
				icon: CirclePlay,
				keys: [" "],
				time: true,
				act: () => clock.toggle(),
			},
			{
				key: "dayBack",
				icon: StepBack,
				keys: ["[", "ArrowLeft"],
				time: true,
				act: by(-1),
			},
			{
				key: "dayOn",
				icon: StepForward,
				keys: ["]", "ArrowRight"],
				time: true,
				act: by(1),
			},
			{
				key: "weekBack",
				icon: Rewind,
				keys: ["Shift+ArrowLeft"],
				time: true,
				act: by(-7),
			},
			{
				key: "weekOn",
				icon: FastForward,
				keys: ["Shift+ArrowRight"],
				time: true,
				act: by(7),
			},
			{
				key: "firstDay",
				icon: TimerReset,
				keys: ["Home"],
				time: true,
				act: () => clock.goTo(clock.range?.firstDay ?? clock.day),
			},
			{
				key: "lastDay",
				icon: TimerOff,
				keys: ["End"],
				time: true,
				act: () => clock.ask(null),
			},
			{
				key: "now",
				icon: History,
				keys: [],
				time: true,
				act: () => change({ asKnown: null }),
			},
			{
				key: "nation",
				icon: CornerUpLeft,
				keys: [],
				act: () => change({ area: "ID" }),
			},
			{
				key: "language",
				icon: Languages,
				keys: [],
				act: () =>
					void chooseLanguage(
						useView.getState().language === "id" ? "en" : "id",
					).catch(() => {}),
			},
			{ key: "print", icon: Printer, keys: [], act: printScreen },
			{
				key: "rail",
				icon: PanelLeft,
				keys: [],
				seated: true,
				act: toggleRail,
			},
			{
				key: "standardLayout",
				icon: LayoutDashboard,
				keys: [],
				seated: true,
				act: standardLayout,
			},
			{
				key: "diagnostics",
				icon: Stethoscope,
				keys: [],
				seated: true,
				// What cannot be saved is said where it is saved from.
				act: () =>
					void saveDiagnostics(new Date()).catch((error: Error) =>
						useOpened.setState({ dialog: "about", notSaved: error.message }),
					),
			},
			{
				key: "about",
				icon: BadgeInfo,
				keys: [],
				seated: true,
				act: () => openDialog("about"),
			},
			{
				key: "sync",
				icon: RefreshCw,
				keys: [],
				act: () => void order(RetrySync, {}),
			},
		];
		return wall ? all.filter(({ seated }) => !seated) : all;
	}, [
		areas,
		selected,
		select,
		toggleRail,
		chooseLanguage,
		standardLayout,
		wall,
	]);
}
