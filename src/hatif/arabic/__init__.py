"""Arabic writing: characters, words, sentences, clitics, states."""
