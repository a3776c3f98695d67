import { ActionIcon, Button } from "@mantine/core";
import { Printer, SearchX } from "lucide-react";
import { useEffect, useMemo } from "react";
import { mayAt } from "../../core/api/session.ts";
import {
	clock,
	useAskedDay,
	useClock,
	usePanelDay,
} from "../clock/use-clock.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { goTo } from "../navigation/follow-address.ts";
import type { ScreenProps } from "../navigation/screen-props.ts";
import { AsKnownControl } from "../parts/ui/as-known-control.tsx";
import { fetched } from "../parts/ui/fetched.tsx";
import { PanelNotice, Space } from "../parts/ui/panel.tsx";
import { isOfNow, SCREENS, type Screen, screenAt } from "../screens/all.ts";
import { useOpenedFile } from "../state/desktop.ts";
import { isKnownDay, knownDays } from "../state/known-days.ts";
import { printScreen } from "../state/screen-print.ts";
import { searchFrom, searchText, senselessIn } from "../state/search.ts";
import { useSelectedArea } from "../state/selected-area.ts";
import { useSession } from "../state/session.ts";
import { DEFAULT_VIEW, useView } from "../state/view-state.ts";
import { useWall } from "../state/wall.ts";
import { About } from "./about.tsx";
import { AreaBreadcrumb } from "./area-breadcrumb.tsx";
import { Banner } from "./banner.tsx";
import { Banners } from "./banners.tsx";
import { ChoiceBar } from "./choice-bar.tsx";
import { useCommands } from "./commands.ts";
import { ExerciseBanner } from "./exercise-banner.tsx";
import styles from "./frame.module.css";
import { KeyHelp } from "./key-help.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { Palette, PaletteButton } from "./palette.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { Rail } from "./rail.tsx";
import { ScreenHost } from "./screen-host.tsx";
import { SyncIndicator } from "./sync-indicator.tsx";
import { Tray } from "./tray.tsx";
import { useKeys } from "./use-keys.ts";

/** Its imports know what can be in a file: fetched when one is opened. */
const OpenedFileDialog = fetched(() => import("./opened-file.tsx"));

/** What stands around every screen: the same thing at the same place. */
export function Frame({ dataset }: ScreenProps) {
	const { t } = useLanguage();
	const { areas, selected, select } = useSelectedArea();
	const { data: session } = useSession();
	const wall = useWall();
	const screen = useScreen();
	const ofNow = useView(({ own }) => isOfNow(screen, own));
	const commands = useCommands();
	useKeys(commands, screen);
	const [openedFile, closeFile] = useOpenedFile();
	const known = knownDays(dataset, Date.now());
	const refusing = useRefusals(known);
	const open = session !== undefined && mayAt(session, screen);
	const here = t(`screen.${screen.key}`);

	if (refusing) return null;
	if (wall && screen.bare && open)
		return (
			<div className={styles.frame}>
				<WindowTitle {...{ screen, ofNow }} place={selected?.name} />
				<ScreenHost screen={screen} dataset={dataset} />
			</div>
		);

	return (
		<div className={styles.frame} data-exercise={dataset.exercise || undefined}>
			<WindowTitle {...{ screen, ofNow }} place={selected?.name} />
			<header className={styles.head}>
				<ExerciseBanner />
				<div
					className={styles.header}
					// Where no figures are chosen from there is room for words on a laptop too.
					data-roomy={!screen.time || undefined}
					data-testid="header"
				>
					<div className={styles.brand}>
						<img src="./icon.svg" alt="" />
						<span>
							<b>{t("app.name")}</b> {here}
						</span>
					</div>
					{areas && selected ? (
						<AreaBreadcrumb areas={areas} selected={selected} select={select} />
					) : (
						<Space />
					)}
					{!wall && <PaletteButton />}
					{screen.time && !screen.ownFigures && (
						<ChoiceBar
							ownMeasure={screen.ownMeasure}
							districts={screen.districts}
						/>
					)}
					{screen.time && !ofNow && <AsKnownControl days={known} />}
					<SyncIndicator />
					<ActionIcon
						variant="default"
						aria-label={t("app.print")}
						onClick={printScreen}
					>
						<Printer size="1.1em" />
					</ActionIcon>
					{!wall && <Tray />}
					<PersonMenu />
					<LanguageSwitch />
				</div>
				<Banners known={known} ofNow={ofNow} />
				<RefusedBanner search={screen.search} />
				{screen.time && <DayNotThere />}
			</header>
			<div className={styles.body}>
				{!wall && <Rail />}
				<div className={styles.screen}>
					{open ? (
						<ScreenHost screen={screen} dataset={dataset} />
					) : (
						<NotForYou screen={screen} />
					)}
				</div>
			</div>
			<Palette dataset={dataset} commands={commands} />
			<KeyHelp commands={commands} screen={screen} />
			<About />
			<LeaveDialog />
			{openedFile && (
				<OpenedFileDialog file={openedFile} close={closeFile} waiting={null} />
			)}
		</div>
	);
}

/** Where a tab is, to be told from the others beside it: area, day, screen. */
function WindowTitle({
	screen,
	ofNow,
	place,
}: {
	screen: Screen;
	/** No day of knowledge is claimed. */
	ofNow: boolean;
	place: string | undefined;
}) {
	const { t, format } = useLanguage();
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const title = [
		place,
		...(screen.time ? [format.day(day)] : []),
		...(screen.time && !ofNow && asKnown !== null
			? [t("asKnown.short", { day: format.day(asKnown) })]
			: []),
		t(`screen.${screen.key}`),
		t("app.name"),
	]
		.filter(Boolean)
		.join(" · ");
	useEffect(() => {
		document.title = title;
	}, [title]);
	return null;
}

/** The screen of the address; where there is none of that name, the first, until that has been said. */
function useScreen(): Screen {
	const key = useView((view) => view.screen);
	const refuse = useView((view) => view.refuse);
	const found = screenAt(key);
	useEffect(() => {
		if (!found) refuse({ what: "screen", text: key });
	}, [found, key, refuse]);
	return found ?? (SCREENS[0] as Screen);
}

/**
 * An address may name any area and any day of knowledge: what is not there is not asked for, and that is said.
 * @returns whether the view is about to change because of that
 */
function useRefusals(known: ReturnType<typeof knownDays>): boolean {
	const { areas } = useSelectedArea();
	const code = useView((view) => view.area);
	const asKnown = useView((view) => view.asKnown);
	const refuse = useView((view) => view.refuse);
	const refuseKnown = useView((view) => view.refuseKnown);
	// Nobody asking for an area asks for all that may be seen.
	const noArea =
		areas !== null && code !== DEFAULT_VIEW.area && !areas.byCode(code);
	const notKnown = asKnown !== null && !isKnownDay(known, asKnown);
	useEffect(() => {
		if (noArea) refuse({ what: "area", text: code });
	}, [noArea, refuse, code]);
	useEffect(() => {
		if (notKnown) refuseKnown(asKnown);
	}, [notKnown, refuseKnown, asKnown]);
	return noArea || notKnown;
}

function RefusedBanner({ search }: Pick<Screen, "search">) {
	const { t } = useLanguage();
	const refused = useView((view) => view.refused);
	const own = useView((view) => view.own);
	const { selected } = useSelectedArea();
	const senseless = useMemo(() => senselessIn(search, own), [search, own]);
	return (
		<>
			{refused && (
				<Refused close={() => useView.setState({ refused: null })}>
					{t(`refused.${refused.what}`, {
						text: refused.text,
						shown: selected?.name,
					})}
				</Refused>
			)}
			{senseless.length > 0 && (
				// Closed, the address says what is shown.
				<Refused
					close={() =>
						useView
							.getState()
							.change({ own: searchText(search, searchFrom(search, own)) })
					}
				>
					{t("refused.part", { text: inShort(senseless) })}
				</Refused>
			)}
		</>
	);
}

/** What is repeated of an address to the person who typed it: there is no end to what may stand in one. */
function inShort(parts: readonly string[]): string {
	const text = parts
		.slice(0, 6)
		.map((part) => (part.length > 60 ? `${part.slice(0, 60)}…` : part))
		.join(", ");
	return parts.length > 6 ? `${text}, …` : text;
}

/** An address may name a day that the dataset does not have, or not yet. */
function DayNotThere() {
	const { t, format } = useLanguage();
	const asked = useAskedDay();
	const range = useClock((clock) => clock.range);
	if (asked === null || !range) return null;
	const { firstDay, lastDay } = range;
	if (asked >= firstDay && asked <= lastDay) return null;
	const there = asked < firstDay ? firstDay : lastDay;
	return (
		<Refused close={() => clock.goTo(there)}>
			{t("refused.day", { day: format.day(asked), there: format.day(there) })}
		</Refused>
	);
}

function Refused({ close, children }: { close: () => void; children: string }) {
	const { t } = useLanguage();
	return (
		<Banner
			kind="known"
			role="alert"
			icon={SearchX}
			testId="refused"
			actions={[{ label: t("app.close"), act: close }]}
		>
			{children}
		</Banner>
	);
}

function NotForYou({ screen }: { screen: Screen }) {
	const { t } = useLanguage();
	const roles = screen.role.map((role) => t(`signIn.role.${role}`)).join(", ");
	return (
		<main className={styles.notice}>
			<PanelNotice
				role="alert"
				action={
					<Button onClick={() => goTo(DEFAULT_VIEW.screen)}>
						{t(`screen.situasi`)}
					</Button>
				}
			>
				{t("refused.role", { screen: t(`screen.${screen.key}`), roles })}
			</PanelNotice>
		</main>
	);
}
