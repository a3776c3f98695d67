import { UnstyledButton } from "@mantine/core";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useAskedDay } from "../clock/use-clock.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { addressOf } from "../navigation/address.ts";
import { goTo } from "../navigation/follow-address.ts";
import { GROUPS, type Screen } from "../screens/all.ts";
import { useView } from "../state/view-state.ts";
import { useOpenScreens } from "./open-screens.ts";
import { useRail } from "./opened.ts";
import styles from "./rail.module.css";

/** The way to every screen that a person may open. */
export function Rail() {
	const { t } = useLanguage();
	const { narrow, toggle } = useRail();
	const open = useOpenScreens();
	const Toggle = narrow ? PanelLeftOpen : PanelLeftClose;
	return (
		<nav
			className={styles.rail}
			data-narrow={narrow || undefined}
			aria-label={t("rail.label")}
			data-testid="rail"
		>
			{GROUPS.map((group) => {
				const screens = open.filter((screen) => screen.group === group);
				return screens.length === 0 ? null : (
					<ul key={group} aria-label={t(`group.${group}`)}>
						{screens.map((screen) => (
							<li key={screen.key}>
								<RailLink screen={screen} narrow={narrow} />
							</li>
						))}
					</ul>
				);
			})}
			<UnstyledButton
				className={styles.toggle}
				aria-expanded={!narrow}
				aria-label={t("command.rail")}
				title={t("command.rail")}
				onClick={toggle}
			>
				<Toggle size="1.2em" aria-hidden />
			</UnstyledButton>
		</nav>
	);
}

/** A link, so that it can be opened in another window and copied. */
function RailLink({ screen, narrow }: { screen: Screen; narrow: boolean }) {
	const { t } = useLanguage();
	const here = useView((view) => view.screen === screen.key);
	const day = useAskedDay();
	const address = useView((view) =>
		addressOf({ ...view, day, screen: screen.key, own: here ? view.own : {} }),
	);
	const Icon = screen.icon;
	const name = t(`screen.${screen.key}`);
	return (
		<a
			href={address}
			aria-current={here ? "page" : undefined}
			aria-label={narrow ? name : undefined}
			title={`${name} (g ${screen.letter})`}
			data-testid={`rail-${screen.key}`}
			onClick={(event) => {
				if (event.ctrlKey || event.metaKey || event.shiftKey) return;
				event.preventDefault();
				goTo(screen.key);
			}}
		>
			<Icon size="1.4em" aria-hidden />
			{!narrow && <span>{name}</span>}
		</a>
	);
}
