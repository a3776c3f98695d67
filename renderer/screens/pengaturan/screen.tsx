import { Alert, Button, Radio } from "@mantine/core";
import { LayoutDashboard } from "lucide-react";
import { useState } from "react";
import {
	CLOCKS,
	CONTRASTS,
	DENSITIES,
	LANGUAGES,
	type Settings,
	THEMES,
} from "../../../core/workspace/settings.ts";
import { LANGUAGE_NAMES } from "../../i18n/language.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel } from "../../parts/ui/panel.tsx";
import {
	useChangeSettings,
	useChooseLanguage,
	useCurrentSettings,
	useSettings,
	useStandardLayout,
} from "../../state/settings.ts";
import { useView } from "../../state/view-state.ts";
import { BasemapFile } from "./basemap.tsx";
import { SettingsFiles } from "./files.tsx";
import styles from "./pengaturan.module.css";
import { SourceNames } from "./sources.tsx";

/** How this workstation is drawn: for the person, and for the room. */
export default function Pengaturan() {
	const { t } = useLanguage();
	const settings = useSettings();
	const language = useView((view) => view.language);
	const kept = useCurrentSettings().data?.kept ?? true;
	const change = useChangeSettings();
	const chooseLanguage = useChooseLanguage();
	const [failed, setFailed] = useState<string | null>(null);
	const trying = (changed: Promise<void>) => {
		setFailed(null);
		changed.catch((reason: unknown) =>
			setFailed(reason instanceof Error ? reason.message : String(reason)),
		);
	};
	const choose = (part: Partial<Settings>) => trying(change(part));
	return (
		<main className={styles.screen}>
			<Panel
				title={t("settings.title")}
				subtitle={t("settings.subtitle")}
				testId="settings-panel"
				className={styles.panel}
			>
				<div className={styles.body}>
					{!kept && (
						<Alert color="yellow" role="alert">
							{t("settings.notKept")}
						</Alert>
					)}
					{failed !== null && (
						<Alert color="red" role="alert">
							{t("settings.failed", { message: failed })}
						</Alert>
					)}
					<section aria-labelledby="settings-own">
						<h3 id="settings-own">{t("settings.own")}</h3>
						<p className="muted">{t("settings.ownHelp")}</p>
						<Choice
							name="language"
							label={t("settings.language")}
							value={language}
							values={LANGUAGES}
							word={(value) => LANGUAGE_NAMES[value]}
							choose={(value) => trying(chooseLanguage(value))}
						/>
						<Choice
							name="theme"
							label={t("settings.theme")}
							help={t("settings.themeHelp")}
							value={settings.theme}
							values={THEMES}
							word={(value) => t(`settings.themeIs.${value}`)}
							choose={(theme) => choose({ theme })}
						/>
						<Choice
							name="clock"
							label={t("settings.clock")}
							help={t("settings.clockHelp")}
							value={settings.clock}
							values={CLOCKS}
							word={(value) => value}
							choose={(clock) => choose({ clock })}
						/>
						<StandardLayout />
					</section>
					<section aria-labelledby="settings-room">
						<h3 id="settings-room">{t("settings.room")}</h3>
						<p className="muted">{t("settings.roomHelp")}</p>
						<Choice
							name="density"
							label={t("settings.density")}
							help={t("settings.densityHelp")}
							value={settings.density}
							values={DENSITIES}
							word={(value) => t(`settings.densityIs.${value}`)}
							choose={(density) => choose({ density })}
						/>
						<Choice
							name="contrast"
							label={t("settings.contrast")}
							help={t("settings.contrastHelp")}
							value={settings.contrast}
							values={CONTRASTS}
							word={(value) => t(`settings.contrastIs.${value}`)}
							choose={(contrast) => choose({ contrast })}
						/>
						<BasemapFile choose={(basemap) => choose({ basemap })} />
					</section>
					<SettingsFiles />
					<SourceNames />
				</div>
			</Panel>
		</main>
	);
}

/** Back from what a person has drawn larger, put elsewhere or hidden. */
function StandardLayout() {
	const { t } = useLanguage();
	const { changed, restore } = useStandardLayout();
	return (
		<div className={styles.choice}>
			<p className="muted">{t("settings.standardLayoutHelp")}</p>
			<Button
				variant="default"
				leftSection={<LayoutDashboard size="1em" aria-hidden />}
				disabled={!changed}
				data-testid="settings-standard-layout"
				onClick={restore}
			>
				{t("settings.standardLayout")}
			</Button>
		</div>
	);
}

/** One of a few: all of them seen, chosen by arrows. */
function Choice<Value extends string>({
	name,
	label,
	help,
	value,
	values,
	word,
	choose,
}: {
	name: string;
	label: string;
	help?: string;
	value: Value;
	values: readonly Value[];
	word: (value: Value) => string;
	choose: (value: Value) => void;
}) {
	return (
		<Radio.Group
			name={name}
			label={label}
			description={help}
			value={value}
			onChange={(chosen) => choose(chosen as Value)}
			data-testid={`settings-${name}`}
			className={styles.choice}
		>
			<div className={styles.values}>
				{values.map((one) => (
					<Radio key={one} value={one} label={word(one)} />
				))}
			</div>
		</Radio.Group>
	);
}
