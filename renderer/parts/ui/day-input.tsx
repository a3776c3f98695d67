import { TextInput, type TextInputProps } from "@mantine/core";
import type { Day } from "../../../core/series/day.ts";
import { dayFromText } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** A day to be typed in any way that the house reads, then written as the house does. The browser's own form is of the browser's language. */
export function DayInput({
	text,
	change,
	...input
}: {
	text: string;
	change: (text: string) => void;
} & Omit<TextInputProps, "value" | "onChange" | "onBlur">) {
	const { t, format } = useLanguage();
	const day = typedDay(text);
	return (
		<TextInput
			placeholder={format.day(EXAMPLE)}
			error={day === undefined ? t("playback.badDate") : undefined}
			{...input}
			value={text}
			onChange={({ currentTarget }) => change(currentTarget.value)}
			onBlur={() => day != null && change(format.day(day))}
		/>
	);
}

/** 31 December 2020. */
const EXAMPLE: Day = 18_627;

/** The day that was typed; nothing typed is null, and what is no day undefined: whoever holds the form waits with it. */
export function typedDay(text: string): Day | null | undefined {
	return text.trim() === "" ? null : dayFromText(text);
}
