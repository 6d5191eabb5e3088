/*
 * Phrases of call agents in some languages for pictures, by the numbers of the first table (ui/dictionary), and people who call there.
 * A real phone has them from its server; what it says by itself stands in base/words.
 */

/** Numbers of the phrases that pictures show. */
export const Phrase = Object.freeze({
	redial: 1,
	newCall: 2,
	hold: 3,
	transfer: 4,
	forwardAll: 5,
	backspace: 8,
	endCall: 9,
	answer: 11,
	info: 12,
	conference: 13,
	options: 19,
	from: 23,
	connected: 24,
	inUseRemote: 31,
	enterNumber: 32,
	doNotDisturb: 63,
	select: 78,
	divert: 80,
});

export interface Speech {
	/** The locale, as configuration files name it, and its code. */
	readonly locale: string;
	readonly code: string;
	readonly date: string;
	readonly phrases: Readonly<Record<keyof typeof Phrase, string>>;
	/** Who calls, for whom, who else is called; whose keys are at the line keys. */
	readonly people: readonly [caller: string, diverter: string, other: string];
	readonly labels: readonly [string, string, string, string];
}

export const speeches: Readonly<Record<string, Speech>> = Object.freeze({
	german: {
		locale: "German_Germany",
		code: "de",
		date: "13:05 22.11.26",
		phrases: {
			redial: "Wahlwiederholung",
			newCall: "Neuer Anruf",
			hold: "Halten",
			transfer: "Weiterleiten",
			forwardAll: "Alle umleiten",
			backspace: "<<",
			endCall: "Auflegen",
			answer: "Annehmen",
			info: "Info",
			conference: "Konferenz",
			options: "Ihre aktuellen Optionen",
			from: "Von ",
			connected: "Verbunden",
			inUseRemote: "Andernorts verwendet",
			enterNumber: "Nummer eingeben",
			doNotDisturb: "Ruhe",
			select: "Auswählen",
			divert: "Sofort umleiten",
		},
		people: ["Jürgen Weiß-Großmann", "Geschäftsführung", "Außendienst Süd"],
		labels: ["Empfang Straße", "Käthe Löffler", "Werkstatt Überlingen", "Gespräche"],
	},
	polish: {
		locale: "Polish_Poland",
		code: "pl",
		date: "13:05 22.11.26",
		phrases: {
			redial: "Powtórz",
			newCall: "Nowe połączenie",
			hold: "Zawieś",
			transfer: "Przekaż",
			forwardAll: "Przekieruj wszystkie",
			backspace: "<<",
			endCall: "Zakończ",
			answer: "Odbierz",
			info: "Info",
			conference: "Konferencja",
			options: "Dostępne opcje",
			from: "Od ",
			connected: "Połączono",
			inUseRemote: "Używane zdalnie",
			enterNumber: "Wprowadź numer",
			doNotDisturb: "Nie przeszkadzać",
			select: "Wybierz",
			divert: "Przekieruj teraz",
		},
		people: ["Świętosława Żółć", "Dział Sprzedaży", "Łucja Źdźbło"],
		labels: ["Księgowość", "Grażyna Mędrzyk", "Łącznica", "Wiadomości"],
	},
	greek: {
		locale: "Greek_Greece",
		code: "el",
		date: "13:05 22/11/26",
		phrases: {
			redial: "Επανάκληση",
			newCall: "Νέα κλήση",
			hold: "Αναμονή",
			transfer: "Μεταφορά",
			forwardAll: "Προώθηση όλων",
			backspace: "<<",
			endCall: "Τερματισμός",
			answer: "Απάντηση",
			info: "Πληρ.",
			conference: "Διάσκεψη",
			options: "Τρέχουσες επιλογές",
			from: "Από ",
			connected: "Συνδέθηκε",
			inUseRemote: "Σε χρήση αλλού",
			enterNumber: "Πληκτρολογήστε αριθμό",
			doNotDisturb: "Μην ενοχλείτε",
			select: "Επιλογή",
			divert: "Άμεση εκτροπή",
		},
		people: ["Ελευθερία Παπαδοπούλου", "Τμήμα Πωλήσεων", "Γιώργος Αϊβαλιώτης"],
		labels: ["Υποδοχή", "Χρύσα Ψωμά", "Εργαστήριο", "Μηνύματα"],
	},
	russian: {
		locale: "Russian_Russia",
		code: "ru",
		date: "13:05 22.11.26",
		phrases: {
			redial: "Повтор",
			newCall: "Новый вызов",
			hold: "Удержание",
			transfer: "Перевод вызова",
			forwardAll: "Переадресация",
			backspace: "<<",
			endCall: "Завершить",
			answer: "Ответить",
			info: "Инфо",
			conference: "Конференция",
			options: "Доступные действия",
			from: "От ",
			connected: "Соединение установлено",
			inUseRemote: "Занято на другом аппарате",
			enterNumber: "Введите номер",
			doNotDisturb: "Не беспокоить",
			select: "Выбрать",
			divert: "Переадресовать",
		},
		people: ["Щёголев Фёдор Юрьевич", "Отдел продаж", "Мария Цветаева"],
		labels: ["Приёмная", "Ольга Жданова", "Производство", "Голосовая почта"],
	},
});
