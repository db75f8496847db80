"""A trained model to a bundle on disk: safetensors, tokenizer, ONNX for the CPU."""

import logging
from pathlib import Path

from tokenizers import Tokenizer
from transformers import PreTrainedModel, PreTrainedTokenizerFast

from hatif.models.bundle import ONNX_FP32, ONNX_INT8, TOKENIZER, WEIGHTS
from hatif.models.tokenizer import CLS, MASK, PAD, SEP, UNK


def save_encoder(model: PreTrainedModel, tokenizer: Tokenizer, out: Path) -> None:
    """Write half-precision weights, `config.json` and the tokenizer as `transformers` reads them."""
    out.mkdir(parents=True, exist_ok=True)
    half = {name: value.half() if value.is_floating_point() else value for name, value in model.state_dict().items()}
    model.save_pretrained(out, state_dict=half)
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        unk_token=UNK,
        cls_token=CLS,
        sep_token=SEP,
        mask_token=MASK,
        model_max_length=model.config.max_position_embeddings,
        clean_up_tokenization_spaces=False,
    )
    wrapped.save_pretrained(out)
    tokenizer.save(str(out / TOKENIZER))
    # safetensors makes its files private to their owner; a bundle is to be shared.
    (out / WEIGHTS).chmod(0o644)


def export_onnx(model: PreTrainedModel, out: Path, *, keep_fp32: bool) -> bool:
    """Write the int8 export that the CPU runs (weights int8, activations scaled at run time), and fp32 if asked.

    Returns False, and writes nothing, for an architecture other than BERT with GELU; prediction then runs it by torch.
    """
    full = out / ONNX_FP32
    for stale in (full, out / ONNX_INT8):
        stale.unlink(missing_ok=True)
    if model.config.model_type != "bert" or model.config.hidden_act != "gelu":
        return False
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from hatif.models.onnx_graph import bert_graph

    weights = {name: value.detach().float().cpu().numpy() for name, value in model.state_dict().items()}
    graph = bert_graph(weights, model.config.num_attention_heads, model.config.layer_norm_eps)
    onnx.save(graph, str(full))
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser advises on the root logger
    try:
        quantize_dynamic(
            str(full),
            str(out / ONNX_INT8),
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            weight_type=QuantType.QInt8,
            # Seven bits: a processor without VNNI adds products of eight in 16 bits, which overflow there, and its
            # answers differ from those of one that has it (measured: 0.3 points of dev F1 lost, none with seven).
            reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        logging.getLogger().setLevel(level)
    if not keep_fp32:
        full.unlink()
    return True
