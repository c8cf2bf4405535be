"""make_model.py FOLDER: a Llama with random weights, which says noise: all that a drain needs, and nothing is downloaded."""

import sys

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

folder = sys.argv[1]
letters = {"<unk>": 0, "<s>": 1, "</s>": 2}
for letter in sorted(pre_tokenizers.ByteLevel.alphabet()):
    letters[letter] = len(letters)
tokenizer = Tokenizer(models.BPE(vocab=letters, merges=[], unk_token="<unk>"))
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
PreTrainedTokenizerFast(
    tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", unk_token="<unk>"
).save_pretrained(folder)

torch.manual_seed(0)
config = LlamaConfig(
    vocab_size=len(letters),
    hidden_size=256,
    intermediate_size=1024,
    num_hidden_layers=4,
    num_attention_heads=4,
    num_key_value_heads=4,
    max_position_embeddings=8192,
    bos_token_id=1,
    eos_token_id=2,
)
LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)
