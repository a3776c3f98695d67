import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";

/**
 * A number as the language of the screen writes it: `1.234,5` or `1,234.5`. The sign of the one language for thousands is never taken for the
 * other's decimal sign, as the input by itself does: `1.000` units would be one.
 */
export function AmountInput(props: NumberInputProps) {
	const { language } = useLanguage();
	const [thousands, decimal] = language === "id" ? [".", ","] : [",", "."];
	return (
		<NumberInput
			thousandSeparator={thousands}
			decimalSeparator={decimal}
			allowedDecimalSeparators={[decimal]}
			{...props}
		/>
	);
}
