import {
	Component,
	type CSSProperties,
	type ReactNode,
	useLayoutEffect,
	useMemo,
	useState,
} from "react";
import {
	GRID,
	PANEL_KEYS,
	PANEL_KINDS,
	type PanelKind,
	type ScenePanel,
} from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { CATALOGUE } from "../../panels/catalogue.ts";
import type { PanelProps } from "../../panels/panel-props.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ComingPanel, Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSelectedArea } from "../../state/selected-area.ts";
import {
	DEFAULT_VIEW,
	useView,
	useViewStore,
	ViewScope,
	viewStoreOf,
} from "../../state/view-state.ts";
import { viewOfPanel } from "./panel-address.ts";
import { PanelAge } from "./panel-age.tsx";
import styles from "./wall.module.css";

const PARTS = Object.fromEntries(
	PANEL_KEYS.map((kind) => [kind, fetched(CATALOGUE[kind])]),
) as Record<
	PanelKind,
	(props: PanelProps & { waiting: ReactNode }) => ReactNode
>;

/** Where a panel lies on the grid of its scene. */
export function gridPlace({ place }: Pick<ScenePanel, "place">): CSSProperties {
	return {
		gridColumn: `${place.x + 1} / span ${place.width}`,
		gridRow: `${place.y + 1} / span ${place.height}`,
	};
}

/** The grid that a scene lies on. */
export const GRID_STYLE: CSSProperties = {
	gridTemplateColumns: `repeat(${GRID.columns}, minmax(0, 1fr))`,
	gridTemplateRows: `repeat(${GRID.rows}, minmax(0, 1fr))`,
};

/** A panel of a scene: the part of its screen, showing what its address says, with its age. Nothing on it can be pressed. */
export function ScenePanelView({
	panel,
	now,
	area = null,
	point = null,
}: {
	panel: ScenePanel;
	/** The clock of the wall (ms since 1970-01-01 UTC), by which ages are told. */
	now: number;
	/** The area that a presenter went to, which is then shown by every panel that shows one. */
	area?: string | null;
	/** The area that a presenter points at. */
	point?: string | null;
}) {
	const { language } = useLanguage();
	const { address } = panel;
	const { view, refused } = useMemo(
		() => viewOfPanel({ address }, language),
		[address, language],
	);
	// One for as long as the panel stands: in another language the same map goes on, it is not made anew.
	const [store] = useState(() => viewStoreOf(view));
	useLayoutEffect(
		() => store.setState({ ...view, area: area ?? view.area }),
		[store, view, area],
	);
	return (
		<ViewScope value={store}>
			<div className={styles.panel} data-kind={panel.kind} inert>
				<PanelBoundary>
					{refused ? (
						<AddressRefused text={refused.text} />
					) : (
						<PanelOfAddress panel={panel} now={now} point={point} />
					)}
				</PanelBoundary>
			</div>
		</ViewScope>
	);
}

function PanelOfAddress({
	panel,
	now,
	point,
}: {
	panel: ScenePanel;
	now: number;
	point: string | null;
}) {
	const { t } = useLanguage();
	const code = useView((view) => view.area);
	const { areas, onMap, failure, retry } = useSelectedArea();
	const store = useViewStore();
	const pointed = (point && areas?.byCode(point)?.id) || null;
	useLayoutEffect(
		() => store.setState({ pointed, hovered: pointed }),
		[store, pointed],
	);
	const waiting = (
		<div className={styles.coming} data-coming>
			<ComingPanel>{t("app.loading")}</ComingPanel>
		</div>
	);
	if (!areas || !onMap)
		return failure ? <PanelFailure error={failure} again={retry} /> : waiting;
	// Another area must not stand under the title of a scene.
	if (
		PANEL_KINDS[panel.kind].of === "address" &&
		code !== DEFAULT_VIEW.area &&
		!areas.byCode(code)
	)
		return <AreaNotThere code={code} />;
	const Part = PARTS[panel.kind];
	return (
		<>
			<Part waiting={waiting} panel={panel} {...onMap} />
			<PanelAge panel={panel} area={onMap.selected} now={now} />
		</>
	);
}

function AreaNotThere({ code }: { code: string }) {
	const { t } = useLanguage();
	return (
		<Panel title={code} testId="panel-no-area">
			<PanelNotice role="alert">
				{t("walls.noSuchArea", { area: code })}
			</PanelNotice>
		</Panel>
	);
}

function AddressRefused({ text }: { text: string }) {
	const { t } = useLanguage();
	return (
		<Panel title={text} testId="panel-bad-address">
			<PanelNotice role="alert">{t("walls.badAddress")}</PanelNotice>
		</Panel>
	);
}

/** A wall has nobody to press a button: what failed is drawn again after this time (ms). */
const AGAIN_AFTER = 5_000;

/** Keeps a panel that fails to itself, and tries it again. */
class PanelBoundary extends Component<
	{ children: ReactNode },
	{ failed: boolean; tries: number }
> {
	override state = { failed: false, tries: 0 };
	#again: ReturnType<typeof setTimeout> | undefined;

	static getDerivedStateFromError() {
		return { failed: true };
	}

	override componentDidCatch() {
		this.#again = setTimeout(
			() => this.setState(({ tries }) => ({ failed: false, tries: tries + 1 })),
			AGAIN_AFTER,
		);
	}

	override componentWillUnmount() {
		clearTimeout(this.#again);
	}

	override render() {
		return this.state.failed ? (
			<PanelFailed />
		) : (
			<div className={styles.boundary} key={this.state.tries}>
				{this.props.children}
			</div>
		);
	}
}

function PanelFailed() {
	const { t } = useLanguage();
	return (
		<Panel title="" testId="panel-failed">
			<PanelNotice role="alert">{t("walls.panelFailed")}</PanelNotice>
		</Panel>
	);
}
