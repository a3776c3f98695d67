import { Button, Popover, TextInput } from "@mantine/core";
import { History } from "lucide-react";
import { useState } from "react";
import { dayFromText } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { isKnownDay, type KnownDays } from "../../state/known-days.ts";
import { useViewOf } from "../../state/view-state.ts";

/** Chooses the state of knowledge that the whole screen shows. */
export function AsKnownControl({ days }: { days: KnownDays }) {
	const { t, format } = useLanguage();
	const { asKnown, change } = useViewOf("asKnown", "change");
	const [opened, setOpened] = useState(false);
	const [draft, setDraft] = useState("");
	const [wrong, setWrong] = useState<string | null>(null);
	const use = () => {
		const day = dayFromText(draft);
		setWrong(
			day === undefined
				? t("playback.badDate")
				: isKnownDay(days, day)
					? null
					: t("asKnown.outside", {
							from: format.day(days.from),
							to: format.day(days.to),
						}),
		);
		if (day === undefined || !isKnownDay(days, day)) return;
		change({ asKnown: day });
		setOpened(false);
	};
	return (
		<Popover
			opened={opened}
			onChange={setOpened}
			width="20rem"
			position="bottom-end"
			trapFocus
		>
			<Popover.Target>
				<Button
					size="xs"
					variant={asKnown === null ? "default" : "filled"}
					leftSection={<History size="1.1em" />}
					onClick={() => {
						setWrong(null);
						setDraft(asKnown === null ? "" : format.day(asKnown));
						setOpened(!opened);
					}}
					aria-label={`${t("asKnown.label")}: ${asKnown === null ? t("asKnown.now") : format.day(asKnown)}`}
					title={t("asKnown.label")}
					data-testid="as-known"
				>
					{asKnown === null
						? t("asKnown.now")
						: t("asKnown.short", { day: format.day(asKnown) })}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				<form
					onSubmit={(event) => {
						event.preventDefault();
						use();
					}}
				>
					<TextInput
						label={t("asKnown.label")}
						description={t("asKnown.help")}
						placeholder="2020-06-08"
						value={draft}
						error={wrong}
						onChange={(event) => {
							setWrong(null);
							setDraft(event.currentTarget.value);
						}}
						data-testid="as-known-input"
						data-autofocus
					/>
					<div className="row-end">
						<Button
							size="xs"
							variant="default"
							onClick={() => {
								change({ asKnown: null });
								setOpened(false);
							}}
						>
							{t("asKnown.now")}
						</Button>
						<Button size="xs" type="submit">
							{t("asKnown.set")}
						</Button>
					</div>
				</form>
			</Popover.Dropdown>
		</Popover>
	);
}
